namespace LookupProxy.Storage.Redis.Connecting;

/// <summary>
/// How long a connection may be of no use before another is made in its place. The library mends its connections itself, and now and then one stays broken
/// although Redis is back. Each that is of no use either is given twice the time, so that a night without Redis costs few.
/// </summary>
internal sealed class ConnectionPatience(TimeProvider time)
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    private TimeSpan _length = First;
    private long _since = time.GetTimestamp();

    /// <summary>The connection has answered.</summary>
    public void Worked()
    {
        _length = First;
        _since = time.GetTimestamp();
    }

    /// <summary>True when it is over, and begins anew for the next connection.</summary>
    public bool Ends()
    {
        if (time.GetElapsedTime(_since) < _length)
            return false;
        _length = _length * 2 < Longest ? _length * 2 : Longest;
        _since = time.GetTimestamp();
        return true;
    }
}
