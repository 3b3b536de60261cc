namespace LookupProxy.Resolution.Guarding;

/// <summary>Runs one inquiry at a time for all who want to know. Who asks gets the result of one that began after it asked.</summary>
/// <param name="inquire">Never fails.</param>
internal sealed class Relay<T>(Func<ValueTask<T>> inquire)
{
    private readonly Lock _gate = new();
    private TaskCompletionSource<T>? _running;
    private TaskCompletionSource<T>? _next;

    public Task<T> AfterNowAsync()
    {
        TaskCompletionSource<T> mine;
        lock (_gate)
        {
            if (_running is not null)
                return (_next ??= Create()).Task;
            _running = mine = Create();
        }

        _ = RunAsync(mine);
        return mine.Task;
    }

    private static TaskCompletionSource<T> Create() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task RunAsync(TaskCompletionSource<T>? run)
    {
        while (run is not null)
        {
            var found = await inquire();
            var done = run;
            lock (_gate)
            {
                _running = run = _next;
                _next = null;
            }

            done.SetResult(found);
        }
    }
}
