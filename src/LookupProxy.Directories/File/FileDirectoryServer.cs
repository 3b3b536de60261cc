using LookupProxy.Core.Addresses;
using LookupProxy.Core.Directories;
using LookupProxy.Core.Listing;
using LookupProxy.Core.Recipients;
using LookupProxy.Directories.File.Recipients;
using LookupProxy.Directories.File.Watching;

namespace LookupProxy.Directories.File;

/// <summary>
/// Answers from the last good content of the file. An address in it exists, whatever has become of the file since.
/// One that is not in it is absent only while the file is known to be what was read.
/// </summary>
internal sealed class FileDirectoryServer(FileDirectoryOptions options, RecipientFileWatch watch, TimeProvider clock) : IDirectoryServer
{
    /// <summary>A file that is being written for longer than this may have got recipients long since.</summary>
    internal static readonly TimeSpan LongestChange = TimeSpan.FromSeconds(30);

    /// <summary>A file that could not even be looked at for this long (a network mount that hangs) is not known.</summary>
    private readonly TimeSpan _longestUnchecked = TimeSpan.FromSeconds(Math.Max(30, 10 * options.PollEvery.TotalSeconds));

    public string Name => options.Path;

    public ValueTask<Answer> AskAsync(Address address, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return watch.Decided.IsCompleted ? new ValueTask<Answer>(Ask(address)) : AskWhenDecidedAsync(address, cancellationToken);
    }

    /// <summary>Well while there is content, however it is with the file: who is in it can be told. Of what is wrong an alarm tells.</summary>
    public async ValueTask<Answer.Unknown?> ProbeAsync(CancellationToken cancellationToken)
    {
        await watch.Decided.WaitAsync(cancellationToken);
        return watch.Current is { Set: null } state ? Doubt(state) : null;
    }

    /// <exception cref="ListingException">What the content holds is not known to be all.</exception>
    public async ValueTask<RecipientSet> AllAsync(CancellationToken cancellationToken)
    {
        await watch.Decided.WaitAsync(cancellationToken);
        var state = watch.Current;
        var doubt = Doubt(state) ?? (state.Before is null ? null : Unknown(state, $"has lost addresses, since less than {options.ConfirmRemovalsFor.TotalSeconds:0} s"));
        return doubt is null ? state.Set! : throw new ListingException(UnknownReason.NotReady, doubt.Detail);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async ValueTask<Answer> AskWhenDecidedAsync(Address address, CancellationToken cancellationToken)
    {
        await watch.Decided.WaitAsync(cancellationToken);
        return Ask(address);
    }

    private Answer Ask(Address address)
    {
        var state = watch.Current;
        if (state.Set is not null && state.Set.TryFind(address, out var recipient))
            return new Answer.Exists(recipient);
        if (Doubt(state) is { } doubt)
            return doubt;
        if (state.Before is not null && state.Before.Contains(address))
            return Unknown(state, $"no longer holds the address, since less than {options.ConfirmRemovalsFor.TotalSeconds:0} s");
        return Answer.No;
    }

    /// <summary>Why what the content does not hold may exist all the same; null when it may not.</summary>
    private Answer.Unknown? Doubt(FileState state)
    {
        if (state.Fault is not null)
            return Unknown(state, state.Fault);
        if (state.Set is null)
            return Unknown(state, state.ChangingSince is null ? "is not read yet" : "is being written, or does not end in a line break");
        if (state.ChangingSince is { } since && clock.GetElapsedTime(since) > LongestChange)
            return Unknown(state, $"has been changing for over {LongestChange.TotalSeconds:0} s");
        if (clock.GetElapsedTime(state.CheckedAt) > _longestUnchecked)
            return Unknown(state, $"could not be looked at for over {_longestUnchecked.TotalSeconds:0} s");
        return null;
    }

    /// <summary>With content it still finds who is there, so its circuit must stay closed.</summary>
    private Answer.Unknown Unknown(FileState state, string what) => new(state.Set is null ? UnknownReason.NotReady : UnknownReason.Distrusted, $"{options.Path} {what}");
}
