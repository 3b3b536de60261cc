namespace LookupProxy.Core.Text;

/// <summary>Lets a few loud log lines through in a while, so that neither a client that sends nothing but rubbish nor an outage fills the log.</summary>
public sealed class LogThrottle(TimeProvider time, int burst, TimeSpan window)
{
    private readonly Lock _lock = new();
    private long? _windowStart;
    private int _inWindow;
    private int _suppressed;

    /// <param name="suppressed">Lines held back since the last one that was let through.</param>
    public bool Allow(out int suppressed)
    {
        lock (_lock)
        {
            var now = time.GetTimestamp();
            if (_windowStart is not { } start || time.GetElapsedTime(start, now) >= window)
            {
                _windowStart = now;
                _inWindow = 0;
            }

            if (_inWindow >= burst)
            {
                _suppressed++;
                suppressed = 0;
                return false;
            }

            _inWindow++;
            suppressed = _suppressed;
            _suppressed = 0;
            return true;
        }
    }
}
