using System.Buffers;
using LookupProxy.Ldap.Client.Telemetry;
using LookupProxy.Ldap.Codec;
using LookupProxy.Ldap.Messages;
using Microsoft.Extensions.Logging;

namespace LookupProxy.Ldap.Client.Connections;

/// <summary>
/// One bound connection that carries many searches at a time. The read loop is the only place where searches end, but for their cancellation;
/// whoever finds the connection broken stops the loop, and the loop tells the searches.
/// </summary>
internal sealed class LdapConnection : IAsyncDisposable
{
    /// <summary>Silence before a search after which its loss is put down to the server's idle timeout.</summary>
    private static readonly TimeSpan IdleRace = TimeSpan.FromSeconds(1);

    /// <summary>A search that is given up after this, with nothing heard since it was sent, puts the connection under suspicion.</summary>
    private static readonly TimeSpan LongSilence = TimeSpan.FromMilliseconds(250);

    /// <summary>What the Unbind may take.</summary>
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(1);

    private readonly LdapTransport _transport;
    private readonly LdapServerOptions _options;
    private readonly string _server;
    private readonly IConnectionOwner _owner;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly MessageTable _table;
    private readonly SendQueue _output;
    private readonly LdapMessageReader _codec;
    private readonly ConnectionWatch _watch;
    private readonly List<PendingOperation> _answered = [];
    private readonly Lock _stopping = new();
    private readonly long _openedAt;
    private long _heardAt;
    private bool _hasAnswered;
    private bool _isInMidMessage;
    private bool _isStopped;
    private bool _isDraining;
    private bool _inputIsOver;
    private LdapFault? _fault;

    public LdapConnection(LdapTransport transport, LdapServerOptions options, string server, IConnectionOwner owner, TimeProvider time, ILogger log, int firstId = 1)
    {
        _transport = transport;
        _options = options;
        _server = server;
        _owner = owner;
        _time = time;
        _log = log;
        _table = new MessageTable(options.MaxOutstandingPerConnection, firstId);
        _output = new SendQueue(transport.Stream, exception => Stop(Lost(exception.Message)));
        _codec = new LdapMessageReader(new LdapCodecLimits { MaxMessageBytes = options.MaxMessageBytes });
        _openedAt = _heardAt = time.GetTimestamp();
        _watch = new ConnectionWatch(this, options, time);
    }

    /// <summary>Completes when all is closed.</summary>
    public Task Completion { get; private set; } = Task.CompletedTask;

    public int Outstanding => _table.Count;

    /// <summary>Takes searches, if there is room.</summary>
    public bool IsUsable => _table.IsOpen;

    /// <summary>It has been silent for long and is being tried; another one is the better choice.</summary>
    public bool IsSuspect => _watch.IsProbing;

    /// <summary>Some request on it has been answered.</summary>
    public bool HasAnswered => Volatile.Read(ref _hasAnswered);

    public TimeSpan Age => _time.GetElapsedTime(_openedAt);

    /// <summary>Timestamp of the last whole message from the server, or of the beginning.</summary>
    public long HeardAt => Volatile.Read(ref _heardAt);

    public void Start()
    {
        _watch.Start();
        Completion = Task.Run(RunAsync);
    }

    /// <summary>False when it has no room, or takes no more: ask another.</summary>
    public bool TryStart(SearchOperation search)
    {
        search.CarriedBy(this);
        if (!TrySend(search))
            return false;
        // Cancelled while it was being sent: then nothing waits for its answer.
        if (search.HasEnded)
            Abandon(search);
        return true;
    }

    /// <summary>Sends any operation that has an answer.</summary>
    public bool TrySend(PendingOperation operation)
    {
        operation.SentAt = _time.GetTimestamp();
        operation.ConnectedAt = _openedAt;
        if (!_table.TryAdd(operation))
            return false;
        var isSent = false;
        try
        {
            isSent = _output.TryEnqueue(operation.ToMessage());
        }
        finally
        {
            // Not found: the connection was stopped meanwhile, and its loop has told the operation.
            if (!isSent)
                isSent = !_table.TryFind(operation.MessageId, take: true, out _, out _);
        }

        return isSent;
    }

    /// <summary>Nobody waits for the answer any more (RFC 4511 4.11).</summary>
    public void Abandon(PendingOperation operation)
    {
        if (!_table.TryAbandon(operation))
            return;
        SendAbandon(operation.MessageId);
        if (HeardAt <= operation.SentAt && _time.GetElapsedTime(operation.SentAt) >= LongSilence)
            _watch.Suspect();
        StopIfDrained();
    }

    /// <summary>Takes no new searches; closes when the last one ends.</summary>
    public void Retire()
    {
        Volatile.Write(ref _isDraining, true);
        _table.CloseToNew();
        StopIfDrained();
    }

    /// <param name="fault">What the searches under way are told, and the owner; null when the end is planned.</param>
    public void Stop(LdapFault? fault)
    {
        _table.CloseToNew();
        lock (_stopping)
        {
            if (_isStopped)
                return;
            _isStopped = true;
            _fault = fault;
            if (!_inputIsOver)
                _transport.Input.CancelPendingRead();
        }
    }

    /// <summary>Ends it as planned: Unbind, and the searches under way are told.</summary>
    public async ValueTask DisposeAsync()
    {
        Stop(null);
        await Completion;
    }

    public LdapFault Lost(string why) => new(LdapFaultKind.ConnectionLost, $"connection to {_server} lost: {why}");

    internal void Aged() => _owner.OnAged(this);

    private async Task RunAsync()
    {
        LdapFault? fault;
        try
        {
            fault = await ReadAsync();
        }
        catch (Exception exception)
        {
            fault = Lost(exception.Message);
        }

        foreach (var operation in _answered)
            operation.Tell(onThisThread: false);
        lock (_stopping)
        {
            if (_isStopped)
                fault = _fault;
            _isStopped = _inputIsOver = true;
        }

        await CloseAsync(fault);
    }

    private async Task CloseAsync(LdapFault? fault)
    {
        _watch.Dispose();
        _table.CloseToNew();
        _owner.OnClosed(this, fault);
        var told = fault ?? Lost("the client was closed");
        foreach (var operation in _table.Clear())
            operation.OnFault(told, WasUnheard(told, operation));
        try
        {
            if (fault is null)
                _output.TryEnqueue(new LdapMessage(MessageTable.LastId, new UnbindRequest()));
            await _output.CloseAsync().WaitAsync(fault is null ? Farewell : TimeSpan.Zero, _time);
        }
        catch (TimeoutException)
        {
            // The server reads nothing: it learns of the end from the socket.
        }
        finally
        {
            _transport.Dispose();
        }
    }

    /// <summary>Reads until the connection ends; returns why.</summary>
    private async Task<LdapFault?> ReadAsync()
    {
        while (true)
        {
            var result = await new NextRead(_transport.Input.ReadAsync(), _answered);
            if (result.IsCanceled)
                return null;
            var buffer = result.Buffer;
            try
            {
                if (ReadMessages(ref buffer) is { } fault)
                    return fault;
                _isInMidMessage = !buffer.IsEmpty;
                if (result.IsCompleted)
                    return Lost(_isInMidMessage ? "closed in the middle of a message" : "closed by the server");
            }
            finally
            {
                _transport.Input.AdvanceTo(buffer.Start, buffer.End);
            }
        }
    }

    private LdapFault? ReadMessages(ref ReadOnlySequence<byte> buffer)
    {
        var now = _time.GetTimestamp();
        while (true)
        {
            var before = buffer.Length;
            switch (_codec.TryRead(ref buffer, out var message, out var fault))
            {
                case ReadStatus.NeedMore:
                    return null;
                case ReadStatus.Fault:
                    return Broken(fault!);
            }

            if (Dispatch(message!, before - buffer.Length, now) is { } end)
                return end;
        }
    }

    private LdapFault? Dispatch(LdapMessage message, long octets, long now)
    {
        if (message.MessageId == 0)
            return Unsolicited(message.Operation);
        Volatile.Write(ref _heardAt, now);
        var result = Responses.ResultOf(message.Operation);
        if (!_table.TryFind(message.MessageId, take: result is not null, out var operation, out var isLate))
            return isLate ? null : Broken($"answer to message {message.MessageId}, which was not asked");
        switch (message.Operation)
        {
            case SearchResultEntry entry:
                if (!operation.OnEntry(entry, octets))
                    EndAtLimit(operation);
                return null;
            case SearchResultReference reference:
                if (!operation.OnReference(reference, octets))
                    EndAtLimit(operation);
                return null;
            case IntermediateResponse or UnknownOperation:
                return null;
            case SearchResultDone:
                End(operation, result!);
                return null;
            // Samba ends some searches with an extendedResponse. A refusal is a refusal, whatever it comes in; but only a searchResultDone can say that all was searched.
            case not null when result is not null && result.Code != ResultCode.Success:
                _table.Forget(message.MessageId);
                End(operation, result);
                return null;
            case var other:
                var broken = Broken($"{other?.GetType().Name} in answer to a search");
                operation.OnFault(broken, unheard: false);
                return broken;
        }
    }

    private void End(PendingOperation operation, LdapResult result)
    {
        Volatile.Write(ref _hasAnswered, true);
        if (operation.OnEnd(result))
            _answered.Add(operation);
        StopIfDrained();
    }

    private void EndAtLimit(PendingOperation operation)
    {
        Abandon(operation);
        End(operation, operation.LimitReached);
    }

    /// <summary>Message id 0 (RFC 4511 4.4): the notice of disconnection ends the connection, others mean nothing to us.</summary>
    private LdapFault? Unsolicited(LdapOperation operation)
    {
        switch (operation)
        {
            case ExtendedResponse { Oid: Oids.NoticeOfDisconnection } notice:
                return Responses.Disconnected(_server, notice.Result);
            case ExtendedResponse other:
                _log.UnsolicitedIgnored(_server, PeerText.Printable(other.Oid ?? ""));
                return null;
            default:
                return Broken($"{operation.GetType().Name} with message id 0");
        }
    }

    private bool WasUnheard(LdapFault fault, PendingOperation operation) =>
        fault.Kind == LdapFaultKind.ConnectionLost
        && !_isInMidMessage
        && HeardAt <= operation.SentAt
        && _time.GetElapsedTime(HeardAt, operation.SentAt) >= IdleRace;

    private void SendAbandon(int messageId)
    {
        var id = _table.NextId();
        if (id != 0)
            _output.TryEnqueue(new LdapMessage(id, new AbandonRequest(messageId)));
    }

    private void StopIfDrained()
    {
        if (Volatile.Read(ref _isDraining) && _table.Count == 0)
            Stop(null);
    }

    private LdapFault Broken(string what) => new(LdapFaultKind.ProtocolError, $"{_server} does not speak LDAP as it should: {what}");
}
