namespace LookupProxy.Ldap.Client.Connections;

/// <summary>
/// The message ids of abandoned requests, whose answers may still come (RFC 4511 4.11). Bounded: of ids older than the oldest that it forgot,
/// it no longer knows whether they were abandoned, and gives the server the benefit of the doubt.
/// </summary>
internal sealed class AbandonedIds(int capacity)
{
    private readonly Queue<int> _inOrder = new();
    private readonly HashSet<int> _known = [];
    private int _forgottenUpTo;

    public void Add(int id)
    {
        if (_inOrder.Count == capacity)
        {
            var forgotten = _inOrder.Dequeue();
            _known.Remove(forgotten);
            _forgottenUpTo = Math.Max(_forgottenUpTo, forgotten);
        }

        _inOrder.Enqueue(id);
        _known.Add(id);
    }

    public bool MayContain(int id) => id <= _forgottenUpTo || _known.Contains(id);
}
