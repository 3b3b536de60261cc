using System.Globalization;

namespace LookupProxy.SystemTests.Hostile;

/// <summary>What a process holds of the machine's memory, watched until it is disposed of.</summary>
internal sealed class ResidentMemory : IAsyncDisposable
{
    private static readonly TimeSpan LooksEvery = TimeSpan.FromMilliseconds(50);

    private readonly int _processId;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _watching;

    public ResidentMemory(int processId)
    {
        _processId = processId;
        Before = Peak = Now();
        _watching = WatchAsync();
    }

    public long Before { get; }

    public long Peak { get; private set; }

    public static string Text(long octets) => string.Create(CultureInfo.InvariantCulture, $"{octets / 1048576.0:0} MiB");

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _watching;
        _stop.Dispose();
    }

    private long Now()
    {
        var line = File.ReadLines($"/proc/{_processId}/status").Single(static line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(line.AsSpan(6, line.Length - 9).Trim(), CultureInfo.InvariantCulture) * 1024;
    }

    private async Task WatchAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            Peak = Math.Max(Peak, Now());
            await Task.Delay(LooksEvery, TimeProvider.System, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
