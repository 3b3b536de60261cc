namespace LookupProxy.SystemTests.Processes;

/// <summary>Waiting for what other processes do: there is nothing to be notified by, so it is asked again and again, and never for ever.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    public static async Task<bool> TryAsync(Func<Task<bool>> condition, TimeSpan within)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            if (await condition())
                return true;
            if (TimeProvider.System.GetElapsedTime(started) > within)
                return false;
            await Task.Delay(Pause, TimeProvider.System);
        }
    }

    /// <param name="what">Said when it does not come true.</param>
    /// <returns>The time it took.</returns>
    public static async Task<TimeSpan> TrueAsync(Func<Task<bool>> condition, TimeSpan within, Func<string> what)
    {
        var started = TimeProvider.System.GetTimestamp();
        Assert.True(await TryAsync(condition, within), $"Not within {within.TotalSeconds} s: {what()}");
        return TimeProvider.System.GetElapsedTime(started);
    }
}
