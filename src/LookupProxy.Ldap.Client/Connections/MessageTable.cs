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
    private int _taken;
    private bool _closedToNew;
    private bool _isCleared;

    /// <summary>Operations that take room.</summary>
    public int Count => Volatile.Read(ref _taken);

    public bool IsOpen => !Volatile.Read(ref _closedToNew);

    /// <summary>What takes no room is let in also when it is full or closed to new requests.</summary>
    public bool TryAdd(PendingOperation operation)
    {
        lock (_gate)
        {
            if (_isCleared || (operation.TakesRoom && (_closedToNew || _taken >= capacity)))
                return false;
            var id = TakeId_NeedsLock();
            if (id == 0)
                return false;
            operation.MessageId = id;
            _pending.Add(id, operation);
            if (operation.TakesRoom)
                _taken++;
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
            var found = _pending.TryGetValue(id, out operation);
            isLate = !found && _abandoned.MayContain(id);
            if (found && take)
                Remove_NeedsLock(operation!);
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
            Remove_NeedsLock(operation);
            _abandoned.Add(operation.MessageId);
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
            _taken = 0;
            return left;
        }
    }

    private void Remove_NeedsLock(PendingOperation operation)
    {
        _pending.Remove(operation.MessageId);
        if (operation.TakesRoom)
            _taken--;
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
