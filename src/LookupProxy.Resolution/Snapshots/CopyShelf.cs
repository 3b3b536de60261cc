using LookupProxy.Resolution.Health;
using LookupProxy.Resolution.Model;
using Microsoft.Extensions.Logging;

namespace LookupProxy.Resolution.Snapshots;

/// <summary>A directory's copy on disk, if one is to be kept there. Trouble with it is told in the log and never more than that.</summary>
internal sealed class CopyShelf(string directory, SnapshotSettings settings, TimeProvider time, ILogger logger)
{
    /// <summary>Changes need not be on disk at once: after a restart they are read again.</summary>
    private static readonly TimeSpan ChangesEvery = TimeSpan.FromHours(1);

    private readonly CopyFile? _file = settings.Path is null ? null : new CopyFile(settings.Path, settings);
    private RecipientCopy? _kept;
    private long _keptAt;

    /// <summary>Null when there is none, or none that may be used.</summary>
    public RecipientCopy? Load()
    {
        if (_file is null)
            return null;
        var copy = Read(_file);
        if (settings.IsHashed)
            RemoveOpenBeside(_file);
        return copy;
    }

    public void Keep(RecipientCopy copy)
    {
        if (_file is null || !IsWorthIt(copy))
            return;
        try
        {
            _file.Write(copy);
            (_kept, _keptAt) = (copy, time.GetTimestamp());
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            SnapshotLog.NotWritten(logger, directory, _file.Path, exception.Message);
        }
    }

    private RecipientCopy? Read(CopyFile file)
    {
        try
        {
            var began = time.GetTimestamp();
            if (file.Read() is not { } copy)
                return null;
            if (settings.IsHashed && !copy.Keys.IsHashed)
            {
                file.Delete();
                SnapshotLog.OpenRemoved(logger, directory, file.Path);
                return null;
            }

            (_kept, _keptAt) = (copy, time.GetTimestamp());
            SnapshotLog.Loaded(logger, directory, file.Path, copy.Recipients, copy.Stamp.ReadAt, time.GetElapsedTime(began).TotalSeconds);
            return copy;
        }
        catch (InvalidDataException exception)
        {
            PutAside(file, exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            SnapshotLog.NotLoaded(logger, directory, file.Path, exception.Message);
        }

        return null;
    }

    private void RemoveOpenBeside(CopyFile file)
    {
        try
        {
            foreach (var open in file.OpenBeside())
            {
                File.Delete(open);
                SnapshotLog.OpenRemoved(logger, directory, open);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            SnapshotLog.NotLoaded(logger, directory, file.Path, exception.Message);
        }
    }

    private bool IsWorthIt(RecipientCopy copy)
    {
        if (_kept is null || copy.Stamp.FullAt != _kept.Stamp.FullAt)
            return true;
        var hasChanged = !ReferenceEquals(copy.All, _kept.All) || !ReferenceEquals(copy.Changed, _kept.Changed) || !ReferenceEquals(copy.Replaced, _kept.Replaced);
        return hasChanged && time.GetElapsedTime(_keptAt) >= ChangesEvery;
    }

    private void PutAside(CopyFile file, InvalidDataException why)
    {
        try
        {
            file.PutAside();
            SnapshotLog.Damaged(logger, directory, file.Path, why.Message, file.AsidePath);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            SnapshotLog.NotLoaded(logger, directory, file.Path, $"{why.Message}, and it could not be put aside: {exception.Message}");
        }
    }
}
