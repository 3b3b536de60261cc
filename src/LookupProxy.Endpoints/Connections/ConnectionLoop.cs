using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace LookupProxy.Endpoints.Connections;

/// <summary>
/// Owns one connection from accept to close: reads, lets the session answer what is whole, flushes once a batch, keeps the limits, and drains
/// when the server stops (the server asks, waits, and aborts what has not ended by then).
/// </summary>
internal sealed class ConnectionLoop(ConnectionContext connection, IProtocolSession session, ConnectionLimits limits, ConnectionServices services)
{
    /// <summary>After so many requests without waiting for any the loop lets others run: a client that floods one connection must not own the thread that serves many.</summary>
    private const int RequestsBeforeYield = 1024;

    private readonly PipeReader _input = connection.Transport.Input;
    private readonly PipeWriter _output = connection.Transport.Output;
    private readonly PhaseWatch _watch = new(limits, services.Time);
    private volatile bool _draining;
    private volatile bool _expired;
    private int _requests;

    public async Task RunAsync()
    {
        services.Metrics.Opened(services.Endpoint);
        var lifetime = connection.Features.Get<IConnectionLifetimeNotificationFeature>();
        using var drain = lifetime?.ConnectionClosedRequested.Register(static loop => ((ConnectionLoop)loop!).Drain(), this);
        connection.Features.Get<IConnectionHeartbeatFeature>()?.OnHeartbeat(static loop => ((ConnectionLoop)loop).Beat(), this);
        try
        {
            await ServeAsync();
        }
        catch (Exception e) when (e is ConnectionResetException or ConnectionAbortedException or IOException)
        {
            ConnectionLog.Lost(services.Logger, e, services.Endpoint, connection.RemoteEndPoint);
        }
        catch (Exception e)
        {
            ConnectionLog.Failed(services.Logger, e, services.Endpoint, connection.RemoteEndPoint);
        }
        finally
        {
            services.Metrics.Closed(services.Endpoint);
        }
    }

    private async Task ServeAsync()
    {
        var open = await GreetAsync();
        while (open)
        {
            var bytes = _input.ReadAsync();
            // Others run while it waits.
            if (!bytes.IsCompleted)
                _requests = 0;
            var read = await bytes;
            var buffer = read.Buffer;
            var before = buffer.Length;
            SessionStep step;
            try
            {
                while ((step = session.Step(ref buffer)) is SessionStep.Answered or SessionStep.Waiting)
                {
                    _requests++;
                    if (step == SessionStep.Waiting)
                        open = await FinishAsync();
                    if (!open)
                        return;
                }

                if (step == SessionStep.Fault)
                    services.Faulted(connection.RemoteEndPoint, session.Fault ?? "fault");
            }
            finally
            {
                _input.AdvanceTo(buffer.Start, buffer.End);
            }

            if (_output.UnflushedBytes > 0)
                open = await FlushAsync();
            var answered = buffer.Length < before;
            if (step is SessionStep.Close or SessionStep.Fault || EndsHere(read, answered, leftover: buffer.Length))
                return;
            Await(answered, leftover: !buffer.IsEmpty);
            if (_requests >= RequestsBeforeYield)
            {
                _requests = 0;
                await Task.Yield();
            }
        }
    }

    private async ValueTask<bool> GreetAsync()
    {
        var open = _output.UnflushedBytes == 0 || await FlushAsync();
        _watch.Enter(ConnectionPhase.Idle);
        return open;
    }

    private bool EndsHere(in ReadResult read, bool answered, long leftover)
    {
        if (read.IsCompleted)
        {
            if (leftover > 0)
                services.Faulted(connection.RemoteEndPoint, "truncated");
            return true;
        }

        // A request may come at the very moment at which its time is over.
        if (answered)
            _expired = false;
        if (_expired)
        {
            ConnectionLog.TimedOut(services.Logger, services.Endpoint, connection.RemoteEndPoint, _watch.Phase);
            if (_watch.Phase == ConnectionPhase.Reading)
                services.Faulted(connection.RemoteEndPoint, "slow");
            return true;
        }

        // What the client has begun to ask is answered first; Request bounds how long it may take to finish asking, the server's stop how long at most.
        return _draining && leftover == 0 && (answered || !UnreadBytes.Exist(connection, _input));
    }

    /// <summary>The rest of one and the same request does not start its time anew.</summary>
    private void Await(bool answered, bool leftover)
    {
        var phase = leftover ? ConnectionPhase.Reading : ConnectionPhase.Idle;
        if (answered || phase != _watch.Phase)
            _watch.Enter(phase);
    }

    private async ValueTask<bool> FinishAsync()
    {
        // Answers before this one must not wait for it.
        if (_output.UnflushedBytes > 0 && !await FlushAsync())
            return false;
        _watch.Enter(ConnectionPhase.Answering);
        await session.FinishAsync();
        return true;
    }

    /// <summary>False when the client is gone.</summary>
    private ValueTask<bool> FlushAsync()
    {
        var flush = _output.FlushAsync();
        return flush.IsCompletedSuccessfully ? new ValueTask<bool>(!flush.Result.IsCompleted) : SlowFlushAsync(flush);
    }

    private async ValueTask<bool> SlowFlushAsync(ValueTask<FlushResult> flush)
    {
        _watch.Enter(ConnectionPhase.Writing);
        return !(await flush).IsCompleted;
    }

    private void Drain()
    {
        _draining = true;
        _input.CancelPendingRead();
    }

    private void Beat()
    {
        if (_watch.Overdue() is not { } phase)
            return;
        if (phase is ConnectionPhase.Idle or ConnectionPhase.Reading)
        {
            _expired = true;
            _input.CancelPendingRead();
            return;
        }

        ConnectionLog.Hung(services.Logger, services.Endpoint, connection.RemoteEndPoint, phase);
        connection.Abort(new ConnectionAbortedException($"Hung: {phase}."));
    }
}
