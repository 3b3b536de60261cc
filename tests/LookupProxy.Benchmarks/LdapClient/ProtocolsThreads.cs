using System.DirectoryServices.Protocols;

namespace LookupProxy.Benchmarks.LdapClient;

/// <summary>System.DirectoryServices.Protocols with its blocking method: a thread and a connection for each search outstanding.</summary>
internal sealed class ProtocolsThreads(ComparisonOptions options) : IContestant
{
    public Task RunAsync(int outstanding, SearchTally tally, CancellationToken stop) =>
        Task.WhenAll(Enumerable.Range(0, outstanding).Select(_ => Task.Factory.StartNew(
            () => Search(tally, stop), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

    public void Dispose()
    {
        // Each thread closes its own connection.
    }

    private void Search(SearchTally tally, CancellationToken stop)
    {
        using var connection = ProtocolsAsynchronous.Connect(options);
        while (!stop.IsCancellationRequested)
        {
            var response = (SearchResponse)connection.SendRequest(new SearchRequest(options.BaseDn, $"(mail={tally.NextAddress()})", SearchScope.Subtree, "mail"));
            tally.Count(response.Entries.Count);
        }
    }
}
