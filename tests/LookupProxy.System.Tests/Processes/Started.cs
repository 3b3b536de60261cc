namespace LookupProxy.SystemTests.Processes;

internal static class Started
{
    /// <summary>Starts something whole or not at all: what has begun when the rest fails is ended.</summary>
    public static async Task<T> WholeAsync<T>(T made, Func<T, Task> start)
        where T : IAsyncDisposable
    {
        try
        {
            await start(made);
        }
        catch
        {
            await made.DisposeAsync();
            throw;
        }

        return made;
    }

    /// <summary>One after the other; what was never started is null.</summary>
    public static async ValueTask EndAsync(IEnumerable<IAsyncDisposable?> parts)
    {
        foreach (var part in parts)
        {
            if (part is not null)
                await part.DisposeAsync();
        }
    }
}
