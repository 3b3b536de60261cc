using LookupProxy.Ldap.Client.Connecting;
using LookupProxy.Ldap.Client.Connections;
using LookupProxy.Ldap.Client.Sessions;
using LookupProxy.Ldap.Client.Telemetry;
using LookupProxy.Ldap.Messages;
using Microsoft.Extensions.Logging;

namespace LookupProxy.Ldap.Client.Pool;

/// <summary>
/// The few connections to one server. A search goes to the one with the fewest outstanding; the next one is opened when all have work enough,
/// and kept. A search waits only while there is no connection at all and one is being opened.
/// </summary>
internal sealed class LdapConnectionPool : ILdapClient
{
    /// <summary>Searches outstanding on the least loaded connection from which another one is worth opening.</summary>
    private const int WorkEnough = 8;

    /// <summary>A connection opened for a search can be full or lost again before the search gets to it.</summary>
    private const int MaxAttempts = 3;

    private readonly LdapServerOptions _options;
    private readonly ServerAddress _server;
    private readonly ConnectionSlot[] _slots;
    private readonly SessionSource _sessions;
    private readonly ILogger _log;
    private readonly Action<SearchOperation> _tryAgain;
    private readonly CredentialBinder _binder;
    private readonly LdapConnector _connector;
    private readonly ConnectGate _gate;

    public LdapConnectionPool(LdapServerOptions options, ServerAddress server, Dialer dialer, RefusedBinds refusedBinds, TimeProvider time, ILogger log)
    {
        _options = options;
        _server = server;
        _log = log;
        _tryAgain = TryAgain;
        _binder = new CredentialBinder(options, server, dialer, time);
        _connector = new LdapConnector(options, server, dialer, refusedBinds, time);
        _gate = new ConnectGate(options, time);
        var reports = new FaultReports(time);
        _slots = [.. Enumerable.Range(0, options.Connections).Select(_ => new ConnectionSlot(options, server, _connector, _gate, reports, time, log))];
        _sessions = new SessionSource(options, server, _connector, _gate, reports, time, log);
        LdapClientMetrics.Watch(this);
    }

    public string Server => _server.ToString();

    public int OpenConnections => _slots.Sum(slot => slot.Living) + _sessions.Open;

    public int Outstanding => _slots.Sum(slot => slot.Outstanding);

    public ValueTask<LdapSearchOutcome> SearchAsync(SearchRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<LdapSearchOutcome>(cancellationToken);
        var search = new SearchOperation(request, _options, _tryAgain);
        search.CancelWith(cancellationToken);
        if (!TryStart(search))
            _ = StartWhenOpenAsync(search);
        return search.Outcome;
    }

    public ValueTask<LdapSessionOutcome> OpenSessionAsync(CancellationToken cancellationToken) => _sessions.OpenAsync(cancellationToken);

    public ValueTask<LdapFault?> BindAsync(string name, ReadOnlyMemory<byte> password, CancellationToken cancellationToken) =>
        _binder.BindAsync(name, password, cancellationToken);

    public void TryAnew()
    {
        _connector.TryAnew();
        _gate.Open();
    }

    public async ValueTask DisposeAsync()
    {
        await _sessions.DisposeAsync();
        await Task.WhenAll(_slots.Select(slot => slot.DisposeAsync().AsTask()));
        LdapClientMetrics.Unwatch(this);
    }

    private bool TryStart(SearchOperation search)
    {
        LdapConnection? best = null;
        ConnectionSlot? empty = null;
        var least = int.MaxValue;
        foreach (var slot in _slots)
        {
            if (slot.Connection is not { } connection)
            {
                empty = slot;
                continue;
            }

            var load = connection.Outstanding + (connection.IsSuspect ? _options.MaxOutstandingPerConnection : 0);
            if (load >= least)
                continue;
            least = load;
            best = connection;
        }

        if (best is null)
            return false;
        if (least >= WorkEnough && empty is { IsOpening: false })
            _ = empty.OpenAsync();
        return best.TryStart(search);
    }

    private void TryAgain(SearchOperation search)
    {
        _log.SentAgain(Server);
        _ = StartWhenOpenAsync(search);
    }

    private async Task StartWhenOpenAsync(SearchOperation search)
    {
        LdapFault? fault = null;
        for (var attempt = 0; attempt < MaxAttempts && !search.HasEnded; attempt++)
        {
            var slot = SlotToOpen();
            if (slot is not null && (fault = await slot.OpenAsync()) is not null)
                break;
            if (search.HasEnded)
                return;
            // The new one first: the others may have been closed by the same idle timeout.
            if (slot?.Connection?.TryStart(search) == true || TryStart(search))
                return;
            if (slot is null)
                fault = new LdapFault(LdapFaultKind.Overloaded, $"{Server} has {_options.MaxOutstandingPerConnection} searches outstanding on each connection");
        }

        search.OnFault(fault ?? new LdapFault(LdapFaultKind.ConnectionLost, $"connection to {Server} lost as soon as it was open"), unheard: false);
    }

    /// <summary>One that is being opened already rather than another; null when all are open and have no room.</summary>
    private ConnectionSlot? SlotToOpen() =>
        Array.Find(_slots, slot => slot is { Connection: null, IsOpening: true }) ?? Array.Find(_slots, slot => slot.Connection is null);
}
