using LookupProxy.Ldap.Client.Connecting;
using LookupProxy.Ldap.Client.Connections;
using LookupProxy.Ldap.Client.Telemetry;
using Microsoft.Extensions.Logging;

namespace LookupProxy.Ldap.Client.Pool;

/// <summary>One place in the pool: at most one connection that takes searches, and at most one attempt to open the next.</summary>
internal sealed class ConnectionSlot(
    LdapServerOptions options, ServerAddress server, LdapConnector connector, ConnectGate gate, FaultReports reports, TimeProvider time, ILogger log)
    : IConnectionOwner, IAsyncDisposable
{
    /// <summary>A connection that is lost at this age without one answer was no success.</summary>
    private static readonly TimeSpan Infancy = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _closing = new();
    private readonly HashSet<LdapConnection> _living = [];
    private LdapConnection? _connection;
    private Task<LdapFault?>? _opening;
    private bool _isClosed;

    /// <summary>The one that takes searches; null when there is none.</summary>
    public LdapConnection? Connection => Volatile.Read(ref _connection) is { IsUsable: true } usable ? usable : null;

    public bool IsOpening => Volatile.Read(ref _opening) is not null;

    /// <summary>Those that still drain, too.</summary>
    public int Living
    {
        get
        {
            lock (_lock)
                return _living.Count;
        }
    }

    public int Outstanding
    {
        get
        {
            lock (_lock)
                return _living.Sum(connection => connection.Outstanding);
        }
    }

    /// <summary>Opens a connection, unless one is there or being opened. Null when there is one in the end.</summary>
    public Task<LdapFault?> OpenAsync()
    {
        lock (_lock)
            return Connection is not null ? Task.FromResult<LdapFault?>(null) : Begin_NeedsLock();
    }

    public void OnAged(LdapConnection connection)
    {
        lock (_lock)
        {
            if (_connection != connection || _isClosed)
                return;
            _ = Begin_NeedsLock();
        }

        log.Replacing(server.ToString());
    }

    public void OnClosed(LdapConnection connection, LdapFault? fault)
    {
        lock (_lock)
        {
            _living.Remove(connection);
            if (_connection == connection)
                _connection = null;
            if (_isClosed)
                return;
        }

        if (fault is null)
        {
            log.Closed(server.ToString(), connection.Age);
            return;
        }

        LdapClientMetrics.Lost(server.ToString(), fault.Kind);
        if (!connection.HasAnswered && connection.Age < Infancy)
            gate.Failed(fault);
        if (reports.ShouldReport(fault.Kind, out var suppressed))
            log.ConnectionFailed(server.ToString(), fault.Kind, fault.Detail, connection.Age, suppressed);
    }

    public async ValueTask DisposeAsync()
    {
        Task opening;
        lock (_lock)
        {
            _isClosed = true;
            opening = _opening ?? Task.CompletedTask;
        }

        await _closing.CancelAsync();
        await opening;
        LdapConnection[] living;
        lock (_lock)
            living = [.. _living];
        await Task.WhenAll(living.Select(connection => connection.DisposeAsync().AsTask()));
        _closing.Dispose();
    }

    private Task<LdapFault?> Begin_NeedsLock()
    {
        if (_isClosed)
            return Task.FromResult<LdapFault?>(new LdapFault(LdapFaultKind.Unreachable, $"no connection to {server}: the client was closed"));
        if (_opening is not null)
            return _opening;
        return gate.Refusal() is { } refusal ? Task.FromResult<LdapFault?>(refusal) : _opening = OpenOneAsync();
    }

    private async Task<LdapFault?> OpenOneAsync()
    {
        // Not on the caller's time, and not under its lock.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        var began = time.GetTimestamp();
        var outcome = await connector.ConnectAsync(_closing.Token);
        if (outcome.Transport is { } transport)
            Succeeded(transport, time.GetElapsedTime(began));
        else
            Failed(outcome.Fault!);
        return outcome.Fault;
    }

    private void Succeeded(LdapTransport transport, TimeSpan took)
    {
        LdapClientMetrics.Connected(server.ToString(), took);
        log.Connected(server.ToString(), transport.IsSecure ? "TLS" : "in clear", connector.Identity, Math.Round(took.TotalMilliseconds, 1));
        if (gate.Succeeded() is > 0 and var failures)
            log.Recovered(server.ToString(), failures);

        var connection = new LdapConnection(transport, options, server.ToString(), this, time, log);
        LdapConnection? old;
        lock (_lock)
        {
            old = _connection;
            _connection = connection;
            _living.Add(connection);
            _opening = null;
            connection.Start();
        }

        old?.Retire();
    }

    private void Failed(LdapFault fault)
    {
        gate.Failed(fault);
        lock (_lock)
            _opening = null;
        if (_closing.IsCancellationRequested)
            return;
        LdapClientMetrics.ConnectFailed(server.ToString(), fault.Kind);
        if (reports.ShouldReport(fault.Kind, out var suppressed))
            log.ConnectFailed(server.ToString(), fault.Detail, suppressed);
    }
}
