using LookupProxy.Ldap.Client.Connecting;
using LookupProxy.Ldap.Client.Connections;
using LookupProxy.Ldap.Client.Pool;
using LookupProxy.Ldap.Client.Telemetry;
using Microsoft.Extensions.Logging;

namespace LookupProxy.Ldap.Client.Sessions;

/// <summary>
/// Opens sessions, and knows those that are open. It shares the pool's connector and gate, so that a refused password is not tried twice as often
/// and a server that is down is told at once.
/// </summary>
internal sealed class SessionSource(
    LdapServerOptions options, ServerAddress server, LdapConnector connector, ConnectGate gate, FaultReports reports, TimeProvider time, ILogger log)
    : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _closing = new();
    private readonly HashSet<LdapSession> _open = [];
    private int _taken;
    private bool _isClosed;

    public int Open
    {
        get
        {
            lock (_lock)
                return _open.Count;
        }
    }

    public async ValueTask<LdapSessionOutcome> OpenAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (Refusal() is { } refusal)
            return new(null, refusal);
        LdapSession? session = null;
        try
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(_closing.Token, cancellationToken);
            var began = time.GetTimestamp();
            var outcome = await connector.ConnectAsync(either.Token);
            if (cancellationToken.IsCancellationRequested)
            {
                outcome.Transport?.Dispose();
                throw new OperationCanceledException(cancellationToken);
            }

            return outcome.Transport is { } transport && (session = Opened(transport, time.GetElapsedTime(began))) is not null
                ? new(session, null)
                : new(null, Failed(outcome.Fault ?? Closed()));
        }
        finally
        {
            if (session is null)
                Interlocked.Decrement(ref _taken);
        }
    }

    /// <summary>Sessions that are still open end as if the connection were lost; those who hold them dispose them.</summary>
    public async ValueTask DisposeAsync()
    {
        LdapSession[] open;
        lock (_lock)
        {
            _isClosed = true;
            open = [.. _open];
        }

        await _closing.CancelAsync();
        foreach (var session in open)
            session.Input.Abort();
    }

    /// <summary>Null: a place has been taken.</summary>
    private LdapFault? Refusal()
    {
        if (Volatile.Read(ref _isClosed))
            return Closed();
        if (gate.Refusal() is { } refusal)
            return refusal;
        if (Interlocked.Increment(ref _taken) <= options.MaxSessions)
            return null;
        Interlocked.Decrement(ref _taken);
        return new LdapFault(LdapFaultKind.Overloaded, $"{server} has {options.MaxSessions} sessions open");
    }

    private LdapSession? Opened(LdapTransport transport, TimeSpan took)
    {
        LdapClientMetrics.Connected(server.ToString(), took);
        log.SessionOpened(server.ToString(), transport.IsSecure ? "TLS" : "in clear", connector.Identity, took.TotalMilliseconds);
        gate.Succeeded();
        var session = new LdapSession(transport, server.ToString(), options.MaxMessageBytes, time, Ended);
        lock (_lock)
        {
            if (!_isClosed)
            {
                _open.Add(session);
                return session;
            }
        }

        transport.Dispose();
        return null;
    }

    private void Ended(LdapSession session)
    {
        Interlocked.Decrement(ref _taken);
        lock (_lock)
            _open.Remove(session);
    }

    private LdapFault Failed(LdapFault fault)
    {
        if (_closing.IsCancellationRequested)
            return fault;
        gate.Failed(fault);
        LdapClientMetrics.ConnectFailed(server.ToString(), fault.Kind);
        if (reports.ShouldReport(fault.Kind, out var suppressed))
            log.ConnectFailed(server.ToString(), fault.Detail, suppressed);
        return fault;
    }

    private LdapFault Closed() => new(LdapFaultKind.Unreachable, $"no connection to {server}: the client was closed");
}
