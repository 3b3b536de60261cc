using System.DirectoryServices.Protocols;
using System.Net;

namespace LookupProxy.Benchmarks.LdapClient;

/// <summary>System.DirectoryServices.Protocols with its asynchronous methods, on as many shared connections as our own client has.</summary>
internal sealed class ProtocolsAsynchronous : IContestant
{
    private readonly ComparisonOptions _options;
    private readonly LdapConnection[] _connections;

    public ProtocolsAsynchronous(ComparisonOptions options)
    {
        _options = options;
        _connections = [.. Enumerable.Range(0, options.Connections).Select(_ => Connect(options))];
    }

    public static LdapConnection Connect(ComparisonOptions options)
    {
        var connection = new LdapConnection(new LdapDirectoryIdentifier(options.Url.Host, options.Url.Port)) { AuthType = AuthType.Anonymous };
        connection.SessionOptions.ProtocolVersion = 3;
        if (options.BindDn.Length > 0)
        {
            connection.AuthType = AuthType.Basic;
            connection.Credential = new NetworkCredential(options.BindDn, options.Password);
        }

        connection.Bind();
        return connection;
    }

    public Task RunAsync(int outstanding, SearchTally tally, CancellationToken stop) =>
        Task.WhenAll(Enumerable.Range(0, outstanding).Select(i => Task.Run(() => SearchAsync(_connections[i % _connections.Length], tally, stop), CancellationToken.None)));

    public void Dispose()
    {
        foreach (var connection in _connections)
            connection.Dispose();
    }

    private async Task SearchAsync(LdapConnection connection, SearchTally tally, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var request = new SearchRequest(_options.BaseDn, $"(mail={tally.NextAddress()})", SearchScope.Subtree, "mail");
            var response = (SearchResponse)await Task.Factory.FromAsync(
                (callback, state) => connection.BeginSendRequest(request, PartialResultProcessing.NoPartialResultSupport, callback, state),
                connection.EndSendRequest,
                null);
            tally.Count(response.Entries.Count);
        }
    }
}
