using System.Collections.Immutable;
using System.Text;
using LookupProxy.Ldap.Client;
using LookupProxy.Ldap.Filters;
using LookupProxy.Ldap.Messages;
using Microsoft.Extensions.Logging.Abstractions;

namespace LookupProxy.Benchmarks.LdapClient;

internal sealed class OwnClient(ComparisonOptions options) : IContestant
{
    private static readonly ImmutableArray<string> Attributes = ["mail"];

    private readonly ILdapSearcher _client = LookupProxy.Ldap.Client.LdapClient.Create(
        new LdapServerOptions
        {
            Uri = options.Url,
            Connections = options.Connections,
            Bind = options.BindDn.Length == 0
                ? new LdapBindOptions()
                : new LdapBindOptions { Method = LdapBindMethod.Simple, Name = options.BindDn, ReadPassword = () => options.Password },
        },
        NullLogger.Instance,
        TimeProvider.System);

    public Task RunAsync(int outstanding, SearchTally tally, CancellationToken stop) =>
        Task.WhenAll(Enumerable.Range(0, outstanding).Select(_ => Task.Run(() => SearchAsync(tally, stop), CancellationToken.None)));

    public void Dispose() => _client.DisposeAsync().AsTask().Wait();

    private async Task SearchAsync(SearchTally tally, CancellationToken stop)
    {
        // As in the product: a search can be cancelled.
        using var lookup = new CancellationTokenSource();
        while (!stop.IsCancellationRequested)
        {
            var filter = new LdapFilter.Equality("mail", Encoding.UTF8.GetBytes(tally.NextAddress()));
            var outcome = await _client.SearchAsync(new SearchRequest(options.BaseDn, SearchScope.WholeSubtree, filter) { Attributes = Attributes }, lookup.Token);
            if (outcome.Fault is not null)
                throw new InvalidOperationException(outcome.Fault.Detail);
            tally.Count(outcome.Entries.Length);
        }
    }
}
