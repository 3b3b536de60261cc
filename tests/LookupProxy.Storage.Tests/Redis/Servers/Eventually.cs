namespace LookupProxy.Storage.Tests.Redis.Servers;

/// <summary>Waiting for what another process does.</summary>
internal static class Eventually
{
    /// <returns>The time it took.</returns>
    public static async Task<TimeSpan> TrueAsync(Func<bool> condition, Func<string> what)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < Node.Soon, $"Not within {Node.Soon.TotalSeconds} s: {what()}");
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        }

        return TimeProvider.System.GetElapsedTime(began);
    }
}
