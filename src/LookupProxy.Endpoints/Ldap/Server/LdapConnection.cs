using System.Buffers;
using System.IO.Pipelines;
using System.Security.Authentication;
using LookupProxy.Endpoints.Connections;
using LookupProxy.Ldap.Messages;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace LookupProxy.Endpoints.Ldap.Server;

/// <summary>
/// Owns one LDAP connection from accept to close. Unlike <see cref="ConnectionLoop"/>'s protocols LDAP has several requests under way at once:
/// what memory knows is answered in the loop, what a directory must be asked is answered when it comes, and only the loop writes.
/// </summary>
internal sealed class LdapConnection(ConnectionContext connection, LdapServices services, bool isTls) : IAsyncDisposable
{
    /// <summary>After so many requests without waiting for any the loop lets others run: a client that sends without reading is answered until the socket is full.</summary>
    private const int RequestsBeforeYield = 128;

    /// <summary>Answers that may gather before the client must take some.</summary>
    private const int BytesBeforeFlush = 32 * 1024;

    /// <summary>Characters of what the TLS library says of a handshake.</summary>
    private const int MaxLoggedReason = 200;

    private readonly LdapWire _wire = new(connection);
    private readonly PhaseWatch _watch = new(services.Times, services.Connections.Time);
    private readonly LoopSignal _signal = new();
    private LdapSession _session = null!;
    private PendingRead _read = null!;
    private volatile bool _draining;
    private volatile bool _expired;
    private int _requests;

    public async Task RunAsync()
    {
        var shared = services.Connections;
        shared.Metrics.Opened(LdapWords.Endpoint);
        var isAdmitted = services.Admission.TryEnter(connection.RemoteEndPoint);
        var lifetime = connection.Features.Get<IConnectionLifetimeNotificationFeature>();
        using var drain = lifetime?.ConnectionClosedRequested.Register(static loop => ((LdapConnection)loop!).Wake(drain: true), this);
        connection.Features.Get<IConnectionHeartbeatFeature>()?.OnHeartbeat(static loop => ((LdapConnection)loop).Beat(), this);
        try
        {
            if (!isAdmitted)
                await RefuseAsync();
            else if (!isTls || await ShakeHandsAsync())
                await ServeAsync();
        }
        catch (Exception e) when (e is ConnectionResetException or ConnectionAbortedException or IOException)
        {
            ConnectionLog.Lost(shared.Logger, e, LdapWords.Endpoint, connection.RemoteEndPoint);
        }
        catch (Exception e)
        {
            ConnectionLog.Failed(shared.Logger, e, LdapWords.Endpoint, connection.RemoteEndPoint);
        }
        finally
        {
            await DisposeAsync();
            if (isAdmitted)
                services.Admission.Leave(connection.RemoteEndPoint);
            shared.Metrics.Closed(LdapWords.Endpoint);
        }
    }

    private async Task ServeAsync()
    {
        using var session = _session = new LdapSession(_wire, services, _signal);
        _read = new PendingRead(_signal);
        _watch.Enter(ConnectionPhase.Idle);
        while (true)
        {
            var something = WaitAsync();
            // Others run while it waits.
            if (!something.IsCompleted)
                _requests = 0;
            await something;
            if (Read() is not { } read)
            {
                if (!await FlushAsync())
                    return;
                continue;
            }

            var buffer = read.Buffer;
            var before = buffer.Length;
            var (step, open, rest) = await StepAllAsync(buffer);
            _wire.Input.AdvanceTo(rest.Start, rest.End);
            if (!open || step == LdapStep.Close)
                return;
            if (step == LdapStep.Fault)
            {
                await FaultAsync();
                return;
            }

            if (!await FlushAsync())
                return;
            if (step == LdapStep.StartTls)
            {
                if (!await StartTlsAsync(rest.Length))
                    return;
            }
            else if (EndsHere(read, rest.Length, answered: rest.Length < before))
            {
                await EndAsync(isGone: read.IsCompleted);
                return;
            }

            Await(answered: rest.Length < before, leftover: !rest.IsEmpty);
            if (_requests >= RequestsBeforeYield)
            {
                _requests = 0;
                await Task.Yield();
            }
        }
    }

    /// <summary>For bytes, or for answers to what was asked before.</summary>
    private ValueTask WaitAsync()
    {
        if (!_read.IsUnderWay)
            _read.Begin(_wire.Input.ReadAsync());
        return _read.IsDone || _session.Outstanding.HaveFinished ? ValueTask.CompletedTask : _signal.WaitAsync();
    }

    /// <summary>Null when there are no bytes yet. Answers that have come meanwhile are written but not flushed.</summary>
    private ReadResult? Read()
    {
        var hasAnswers = _session.Outstanding.HaveFinished;
        _session.WriteFinished(BytesBeforeFlush);
        if (_read.IsDone)
            return _read.Take();
        if (hasAnswers)
            Await(answered: true, leftover: false);
        return null;
    }

    private async ValueTask<(LdapStep Step, bool Open, ReadOnlySequence<byte> Left)> StepAllAsync(ReadOnlySequence<byte> buffer)
    {
        while (true)
        {
            var step = _session.Step(ref buffer);
            if (step is not (LdapStep.Done or LdapStep.Bind))
                return (step, true, buffer);
            _requests++;
            if (step == LdapStep.Bind && !await BindAsync())
                return (step, false, buffer);
            if (_wire.Output.UnflushedBytes >= BytesBeforeFlush && !await FlushAsync())
                return (step, false, buffer);
        }
    }

    /// <summary>RFC 4511 4.2.1: after all that was asked before it, before all that is asked after it. False when the client is gone.</summary>
    private async ValueTask<bool> BindAsync()
    {
        if (!await FinishOutstandingAsync())
            return false;
        _watch.Enter(ConnectionPhase.Answering);
        await _session.FinishBindAsync();
        return true;
    }

    private async ValueTask<bool> FinishOutstandingAsync()
    {
        while (_session.Outstanding.Count > 0)
        {
            if (!await FlushAsync())
                return false;
            _watch.Enter(ConnectionPhase.Answering);
            if (!_session.Outstanding.HaveFinished)
                await _signal.WaitAsync();
            _session.WriteFinished(BytesBeforeFlush);
        }

        return await FlushAsync();
    }

    private bool EndsHere(in ReadResult read, long leftover, bool answered)
    {
        if (read.IsCompleted)
        {
            if (leftover > 0)
                services.Connections.Faulted(connection.RemoteEndPoint, LdapWords.FaultTruncated);
            return true;
        }

        if (_expired)
        {
            ConnectionLog.TimedOut(services.Connections.Logger, LdapWords.Endpoint, connection.RemoteEndPoint, _watch.Phase);
            if (_watch.Phase == ConnectionPhase.Reading)
                services.Connections.Faulted(connection.RemoteEndPoint, LdapWords.FaultSlow);
            return true;
        }

        return _draining && leftover == 0 && (answered || !UnreadBytes.Exist(connection, _wire.Input));
    }

    /// <summary>What was asked is answered also to a client that has sent its last, and when the server stops.</summary>
    private async ValueTask EndAsync(bool isGone)
    {
        if (!await FinishOutstandingAsync() || isGone || !_draining)
            return;
        _wire.Write(0, LdapReplies.Notice(ResultCode.Unavailable, "the server is stopping"));
        await FlushAsync();
    }

    private async ValueTask FaultAsync()
    {
        var fault = _session.Fault!;
        services.Connections.Faulted(connection.RemoteEndPoint, fault.Word, fault.Detail);
        if (fault.IsLdap)
            _wire.Write(0, LdapReplies.Notice(ResultCode.ProtocolError, fault.Detail));
        await FlushAsync();
    }

    private async ValueTask RefuseAsync()
    {
        services.Connections.Faulted(connection.RemoteEndPoint, LdapWords.FaultTooMany);
        if (!isTls)
            _wire.Write(0, LdapReplies.Notice(ResultCode.Busy, "too many connections"));
        await FlushAsync();
    }

    /// <param name="leftover">Bytes that came with the request: sent in the clear, so they must not be taken for what is said under TLS.</param>
    private async ValueTask<bool> StartTlsAsync(long leftover)
    {
        if (leftover > 0)
        {
            services.Connections.Faulted(connection.RemoteEndPoint, LdapWords.FaultProtocol, "something came in the clear behind StartTLS");
            return false;
        }

        _session.StartedTls();
        return await ShakeHandsAsync();
    }

    private async ValueTask<bool> ShakeHandsAsync()
    {
        using var limit = new CancellationTokenSource(services.Options.RequestTimeout, services.Connections.Time);
        try
        {
            await _wire.UpgradeAsync(services.Tls!(), limit.Token);
            return true;
        }
        catch (Exception e) when (e is AuthenticationException or OperationCanceledException)
        {
            var why = e is OperationCanceledException ? "not done in time" : ClientText.Show(e.GetBaseException().Message, MaxLoggedReason);
            services.Connections.Faulted(connection.RemoteEndPoint, LdapWords.FaultHandshake, why);
            LdapLog.HandshakeFailed(services.Connections.Logger, e, connection.RemoteEndPoint);
            return false;
        }
    }

    /// <summary>The rest of one and the same request does not start its time anew.</summary>
    private void Await(bool answered, bool leftover)
    {
        var phase = leftover ? ConnectionPhase.Reading : _session.Outstanding.Count > 0 ? ConnectionPhase.Answering : ConnectionPhase.Idle;
        if (answered || phase != _watch.Phase)
            _watch.Enter(phase);
    }

    /// <summary>False when the client is gone.</summary>
    private ValueTask<bool> FlushAsync()
    {
        if (_wire.Output.UnflushedBytes == 0)
            return new ValueTask<bool>(true);
        var flush = _wire.Output.FlushAsync();
        return flush.IsCompletedSuccessfully ? new ValueTask<bool>(!flush.Result.IsCompleted) : SlowFlushAsync(flush);
    }

    /// <summary>What was waited for before is waited for again: an answer that was slow to go out must not end an idle connection.</summary>
    private async ValueTask<bool> SlowFlushAsync(ValueTask<FlushResult> flush)
    {
        var phase = _watch.Phase;
        _watch.Enter(ConnectionPhase.Writing);
        var isOpen = !(await flush).IsCompleted;
        _watch.Enter(phase);
        return isOpen;
    }

    private void Wake(bool drain)
    {
        if (drain)
            _draining = true;
        else
            _expired = true;
        _wire.Input.CancelPendingRead();
    }

    private void Beat()
    {
        if (_watch.Overdue() is not { } phase)
            return;
        if (phase is ConnectionPhase.Idle or ConnectionPhase.Reading)
        {
            Wake(drain: false);
            return;
        }

        ConnectionLog.Hung(services.Connections.Logger, LdapWords.Endpoint, connection.RemoteEndPoint, phase);
        connection.Abort(new ConnectionAbortedException($"Hung: {phase}."));
    }

    /// <summary>Says goodbye under TLS, for which a client that doesn't read has the time of a write. Never fails: after a broken record OpenSSL has no goodbye to give.</summary>
    public async ValueTask DisposeAsync()
    {
        _watch.Enter(ConnectionPhase.Writing);
        try
        {
            await _wire.DisposeAsync();
        }
        catch (Exception e)
        {
            ConnectionLog.Lost(services.Connections.Logger, e, LdapWords.Endpoint, connection.RemoteEndPoint);
        }
    }
}
