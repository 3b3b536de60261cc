namespace LookupProxy.Benchmarks.LdapClient;

/// <summary>A client library, used as its users would.</summary>
internal interface IContestant : IDisposable
{
    /// <summary>Keeps so many searches outstanding until told to stop. Each must bring one entry.</summary>
    Task RunAsync(int outstanding, SearchTally tally, CancellationToken stop);
}
