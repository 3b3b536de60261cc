using System.Collections.Immutable;

namespace LookupProxy.Host.Composition;

/// <summary>
/// What is read from files, read anew when they have changed: renewed ones take effect without a restart, and ones that can't be used change nothing.
/// </summary>
/// <param name="load">Throws when the files can't be used.</param>
/// <param name="refused">Told once a change. It is tried again until it works: one file may be written after the other.</param>
internal sealed class ReloadedFiles<T>(ImmutableArray<string> files, Func<T> load, TimeProvider time, Action<T> reloaded, Action<Exception> refused)
    where T : class
{
    /// <summary>Handshakes are many; files change seldom.</summary>
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private long _lookedAt = time.GetTimestamp();
    private ImmutableArray<Stamp> _stamp = StampsOf(files);
    private ImmutableArray<Stamp> _refused = [];
    private T _current = load();

    public T Current
    {
        get
        {
            lock (_lock)
            {
                if (time.GetElapsedTime(_lookedAt) >= LookEvery)
                    Look_NeedsLock();
                return _current;
            }
        }
    }

    private void Look_NeedsLock()
    {
        _lookedAt = time.GetTimestamp();
        var stamp = StampsOf(files);
        if (stamp.SequenceEqual(_stamp))
            return;
        try
        {
            _current = load();
            _stamp = stamp;
            reloaded(_current);
        }
        catch (Exception e)
        {
            if (!stamp.SequenceEqual(_refused))
                refused(e);
            _refused = stamp;
        }
    }

    private static ImmutableArray<Stamp> StampsOf(ImmutableArray<string> files) => [.. files.Select(Stamp.Of)];

    /// <summary>When the file was written, and when the path was where that is a link: either may change without the other, as where Kubernetes renews a secret.</summary>
    private readonly record struct Stamp(DateTime Path, DateTime Content)
    {
        public static Stamp Of(string file)
        {
            var path = default(DateTime);
            try
            {
                // Of a file that is not there this is a time; of one that may not be looked for it throws.
                path = File.GetLastWriteTimeUtc(file);
                using var handle = File.OpenHandle(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
                return new Stamp(path, File.GetLastWriteTimeUtc(handle));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Loading it says what is wrong.
                return new Stamp(path, default);
            }
        }
    }
}
