using LookupProxy.Core.Addresses;
using LookupProxy.Core.Recipients;

namespace LookupProxy.Core.Directories;

/// <summary>One replica of a directory. Read-only.</summary>
public interface IDirectoryServer : IAsyncDisposable
{
    /// <summary>What the operator calls it, without secrets: a URL, a path.</summary>
    string Name { get; }

    /// <summary>
    /// Asks live. Every failure is an <see cref="Answer.Unknown"/>.
    /// Throws only <see cref="OperationCanceledException"/>, and only for <paramref name="cancellationToken"/>, which is also what bounds its time.
    /// </summary>
    ValueTask<Answer> AskAsync(Address address, CancellationToken cancellationToken);

    /// <summary>Asks whether it could answer: connects, binds, finds the search base. Null when it could; the failure when not. Throws as <see cref="AskAsync"/>.</summary>
    ValueTask<Answer.Unknown?> ProbeAsync(CancellationToken cancellationToken);

    /// <summary>An administrator says that what failed is mended: nothing is held back any longer because it failed before.</summary>
    void TryAnew()
    {
    }
}
