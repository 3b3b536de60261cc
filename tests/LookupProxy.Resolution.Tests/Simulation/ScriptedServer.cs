using LookupProxy.Core.Addresses;
using LookupProxy.Core.Directories;
using LookupProxy.Core.Recipients;
using LookupProxy.TestKit.Addresses;

namespace LookupProxy.Resolution.Tests.Simulation;

/// <summary>A server that says what the test tells it to.</summary>
internal sealed class ScriptedServer(string name, TimeProvider time) : IDirectoryServer
{
    private int _asked;
    private int _probed;

    public string Name => name;

    /// <summary>What it says at the moment it answers.</summary>
    public Func<Address, Answer> Says { get; set; } = static _ => Answer.No;

    /// <summary>Null hangs until cancelled.</summary>
    public TimeSpan? Delay { get; set; } = TimeSpan.Zero;

    /// <summary>Hangs without heeding the token.</summary>
    public bool IgnoresToken { get; set; }

    /// <summary>Decided when the question arrives; null leaves it to the above.</summary>
    public Func<Address, CancellationToken, ValueTask<Answer>>? Script { get; set; }

    /// <summary>Null: it is well. By default as its answers: hangs when they hang, fails when they fail.</summary>
    public Func<CancellationToken, ValueTask<Answer.Unknown?>>? ProbeScript { get; set; }

    public int Asked => Volatile.Read(ref _asked);

    public int Probed => Volatile.Read(ref _probed);

    public int TriedAnew { get; private set; }

    public List<Address> Questions { get; } = [];

    public static Answer Exists(string directory) => new Answer.Exists(new Recipient { Directory = directory });

    public ValueTask<Answer> AskAsync(Address address, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _asked);
        lock (Questions)
            Questions.Add(address);
        return Script is not null ? Script(address, cancellationToken) : AnswerAsync(address, cancellationToken);
    }

    public async ValueTask<Answer.Unknown?> ProbeAsync(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _probed);
        if (ProbeScript is not null)
            return await ProbeScript(cancellationToken);
        await WaitAsync(cancellationToken);
        return Says(Probe) as Answer.Unknown;
    }

    public void TryAnew() => TriedAnew++;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static readonly Address Probe = Mail.Of("probe@probe.example");

    private async ValueTask<Answer> AnswerAsync(Address address, CancellationToken cancellationToken)
    {
        await WaitAsync(cancellationToken);
        return Says(address);
    }

    private async ValueTask WaitAsync(CancellationToken cancellationToken)
    {
        if (Delay is { } delay)
        {
            if (delay > TimeSpan.Zero)
                await Task.Delay(delay, time, cancellationToken);
            return;
        }

        await Task.Delay(Timeout.InfiniteTimeSpan, time, IgnoresToken ? CancellationToken.None : cancellationToken);
    }
}
