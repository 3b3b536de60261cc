namespace LookupProxy.Host.Commands;

/// <summary>Who is asked: the directories, or a server that runs.</summary>
internal interface IAddressChecker : IAsyncDisposable
{
    /// <summary>With its evidence.</summary>
    Task<Checked> CheckAsync(string text, CancellationToken cancellationToken);
}
