using System.Diagnostics.CodeAnalysis;

namespace LookupProxy.Ldap.Client.Connections;

/// <summary>
/// Which request has which message id on one connection. Ids rise and are never used twice, so that a late answer cannot be taken for another's;
/// a connection that has used them all up takes no more requests and is replaced.
/// </summary>
internal sealed class MessageTable(int capacity, int firstId = 1)
{
    /// <summary>Never handed out: the Unbind has it.</summary>
    public const int LastId = int.MaxValue;

    /// <summary>Abandoned ids that are remembered; 4,096 is some seconds of hedging at full load.</summary>
    private const int RememberedIds = 4096;

    private readonly Lock _gate = new();
    private readonly Dictionary<int, PendingOperation> _pending = [];
    private readonly AbandonedIds _abandoned = new(RememberedIds);
    private int _nextId = firstId;
    private int _count;
    private bool _closedToNew;
    private bool _isCleared;

    public int Count => Volatile.Read(ref _count);

    public bool IsOpen => !Volatile.Read(ref _closedToNew);

    /// <param name="beyondLimits">Also when it is full or closed to new requests.</param>
    public bool TryAdd(PendingOperation operation, bool beyondLimits = false)
    {
        lock (_gate)
        {
            if (_isCleared || (!beyondLimits && (_closedToNew || _pending.Count >= capacity)))
                return false;
            var id = TakeId_NeedsLock();
            if (id == 0)
                return false;
            operation.MessageId = id;
            _pending.Add(id, operation);
            _count = _pending.Count;
            return true;
        }
    }

    /// <summary>An id for a message that has no answer. Zero when there is none left.</summary>
    public int NextId()
    {
        lock (_gate)
            return TakeId_NeedsLock();
    }

    /// <param name="take">It is answered and leaves the table.</param>
    /// <param name="isLate">No request waits for it, but one that was abandoned may have.</param>
    public bool TryFind(int id, bool take, [NotNullWhen(true)] out PendingOperation? operation, out bool isLate)
    {
        lock (_gate)
        {
            var found = take ? _pending.Remove(id, out operation) : _pending.TryGetValue(id, out operation);
            isLate = !found && _abandoned.MayContain(id);
            _count = _pending.Count;
            return found;
        }
    }

    /// <summary>Takes it out; its answers are late from now on. False when it was not there.</summary>
    public bool TryAbandon(PendingOperation operation)
    {
        lock (_gate)
        {
            if (!_pending.TryGetValue(operation.MessageId, out var known) || known != operation)
                return false;
            _pending.Remove(operation.MessageId);
            _abandoned.Add(operation.MessageId);
            _count = _pending.Count;
            return true;
        }
    }

    /// <summary>An operation that ended in an unusual way: what else the server may send for it is ignored.</summary>
    public void Forget(int id)
    {
        lock (_gate)
            _abandoned.Add(id);
    }

    public void CloseToNew()
    {
        lock (_gate)
            _closedToNew = true;
    }

    /// <summary>Takes everything out and lets nothing in.</summary>
    public PendingOperation[] Clear()
    {
        lock (_gate)
        {
            _closedToNew = _isCleared = true;
            PendingOperation[] left = [.. _pending.Values];
            _pending.Clear();
            _count = 0;
            return left;
        }
    }

    private int TakeId_NeedsLock()
    {
        if (_nextId == LastId)
        {
            _closedToNew = true;
            return 0;
        }

        return _nextId++;
    }
}
