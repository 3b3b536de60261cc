using LookupProxy.Core.Recipients;
using LookupProxy.Resolution.Caching;
using LookupProxy.Resolution.Health;
using LookupProxy.Resolution.Model;
using LookupProxy.Resolution.Resilience;
using LookupProxy.Resolution.Tests.Simulation;
using LookupProxy.TestKit.Time;
using Microsoft.Extensions.Logging.Abstractions;

namespace LookupProxy.Resolution.Tests.Resilience;

/// <summary>A circuit opens at the very moment at which a tick that has found it closed sets the timer.</summary>
public sealed class SchedulingTests
{
    private static readonly ResilienceSettings Settings = new() { ProbeIdleAfter = TimeSpan.FromSeconds(29), ProbeEvery = TimeSpan.FromMilliseconds(500) };

    [Fact]
    public async Task A_server_whose_circuit_has_just_opened_is_probed_soon()
    {
        var time = new InterruptedTime();
        var clock = new SheetClock(time);
        var server = new ScriptedServer("s", time) { ProbeScript = static _ => new((Answer.Unknown?)null) };
        var link = new ServerLink("d", server, time, NullLogger.Instance, CancellationToken.None);
        var circuit = new ServerCircuit(link, Settings, clock, CancellationToken.None);
        var desk = new CircuitDesk(circuit, link, clock, NullLogger.Instance);
        await using var prober = new ServerProber(link, circuit, desk, new ServerTracker(clock), Settings, clock);
        Task opened = Task.CompletedTask;
        time.Interrupt(Settings.ProbeIdleAfter, () => opened = Task.Run(async () =>
        {
            await desk.TripAsync(new Answer.Unknown(UnknownReason.Unreachable, "down"), cutsOff: false);
            prober.Reschedule();
        }));

        prober.Start();
        time.Manual.Advance(TimeSpan.Zero);
        await opened;

        Assert.Equal(Settings.ProbeEvery, time.Manual.NextDueIn);
    }

    /// <summary>Does something once before a timer is set to a certain time, and gives that a while to be done.</summary>
    private sealed class InterruptedTime : TimeProvider
    {
        private static readonly TimeSpan While = TimeSpan.FromMilliseconds(300);

        private TimeSpan _at;
        private Func<Task>? _interruption;

        public ManualTimeProvider Manual { get; } = new();

        public override long TimestampFrequency => Manual.TimestampFrequency;

        public void Interrupt(TimeSpan at, Func<Task> interruption) => (_at, _interruption) = (at, interruption);

        public override DateTimeOffset GetUtcNow() => Manual.GetUtcNow();

        public override long GetTimestamp() => Manual.GetTimestamp();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            new InterruptedTimer(this, Manual.CreateTimer(callback, state, dueTime, period));

        private void Set(TimeSpan dueTime)
        {
            if (dueTime == _at && Interlocked.Exchange(ref _interruption, null) is { } interruption)
                interruption().Wait(While);
        }

        private sealed class InterruptedTimer(InterruptedTime time, ITimer timer) : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period)
            {
                time.Set(dueTime);
                return timer.Change(dueTime, period);
            }

            public void Dispose() => timer.Dispose();

            public ValueTask DisposeAsync() => timer.DisposeAsync();
        }
    }
}
