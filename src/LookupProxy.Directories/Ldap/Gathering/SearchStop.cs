namespace LookupProxy.Directories.Ldap.Gathering;

/// <summary>Stops a search when nobody waits for it any more.</summary>
internal sealed class SearchStop(int waiting) : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly Lock _gate = new();
    private int _waiting = waiting;
    private bool _isOver;

    public CancellationToken Token => _source.Token;

    /// <summary>Once for each of those who wait.</summary>
    public void Leave()
    {
        lock (_gate)
        {
            if (--_waiting == 0 && !_isOver)
                _source.Cancel();
        }
    }

    /// <summary>The search has ended.</summary>
    public void Dispose()
    {
        lock (_gate)
            _isOver = true;
        _source.Dispose();
    }
}
