namespace LookupProxy.Storage.Tests.Redis.Servers;

/// <summary>Waiting for what another process does.</summary>
internal static class Eventually
{
    /// <param name="within"><see cref="Node.Soon"/> unless it takes longer by its nature.</param>
    /// <returns>The time it took.</returns>
    public static async Task<TimeSpan> TrueAsync(Func<bool> condition, Func<string> what, TimeSpan? within = null)
    {
        var limit = within ?? Node.Soon;
        var began = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < limit, $"Not within {limit.TotalSeconds} s: {what()}");
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        }

        return TimeProvider.System.GetElapsedTime(began);
    }
}
