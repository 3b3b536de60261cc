using System.Collections.Immutable;
using LookupProxy.Core.Health;
using LookupProxy.Core.Storage;
using LookupProxy.Storage.Redis.Connecting;
using LookupProxy.Storage.Redis.News;

namespace LookupProxy.Storage.Redis.Sheets;

/// <summary>Answer sheets that all nodes share.</summary>
internal sealed class RedisAnswerStore(RedisGate gate, RedisCommands commands, RedisKeys keys, FlushMarks marks, SheetWriter writer, Action wake, Func<ValueTask> close) : IAnswerStore, IAlarmSource
{
    private const int ForgetLimit = 1000;

    private readonly Lock _lock = new();
    private readonly List<FlushScope> _unforgotten = [];

    public string Type => "redis";

    public bool HasUnforgotten
    {
        get
        {
            lock (_lock)
                return _unforgotten.Count > 0;
        }
    }

    public bool CanBeRead => gate.IsWorking;

    public StoreHealth Health => new(gate.IsWorking, gate.NotWorking?.Why ?? writer.Complaint, Sheets: null, writer.Pending, writer.Dropped);

    public ImmutableArray<Alarm> Current => gate.NotWorking is { } away
        ? [new Alarm("store-down", Type, $"Redis is not used: {away.Why}. This node goes on by itself, and what administrators do on other nodes reaches it when Redis works again.", away.Since)]
        : [];

    public async ValueTask<StoredSheet?> FindAsync(string key, CancellationToken cancellationToken)
    {
        var fields = await gate.ReadAsync(
            static call => call.commands.Database.HashGetAllAsync(call.Item2, RedisCommands.Flags),
            (commands, keys.Sheet(SheetName.Parse(key).Address)),
            cancellationToken);
        return fields is { Length: > 0 } ? SheetFields.Read(key, fields, marks) : null;
    }

    public void Keep(StoredSheet sheet)
    {
        if (!sheet.Answers.IsEmpty)
            writer.Add(new SheetWrite(sheet, marks.StampOf(SheetName.Parse(sheet.Key).Domain)));
    }

    /// <summary>While Redis does not work nothing is found in it, and before it is used again it has forgotten.</summary>
    public async ValueTask<bool> ForgetAsync(FlushScope scope, CancellationToken cancellationToken)
    {
        if (gate.IsWorking)
        {
            try
            {
                await ForgetAsync(scope);
                return true;
            }
            catch (Exception exception)
            {
                gate.Leave(exception is TimeoutException ? "Redis does not answer in time" : "Redis could not be told to forget");
            }
        }

        lock (_lock)
        {
            _unforgotten.Add(scope);
            if (_unforgotten.Count > ForgetLimit)
            {
                _unforgotten.Clear();
                _unforgotten.Add(new FlushScope.OfAll());
            }
        }

        wake();
        return false;
    }

    /// <summary>Forgets what could not be forgotten in its time. Throws when that fails; the rest then waits on.</summary>
    public async Task ForgetWaitingAsync()
    {
        while (true)
        {
            FlushScope scope;
            lock (_lock)
            {
                if (_unforgotten.Count == 0)
                    return;
                scope = _unforgotten[0];
            }

            await ForgetAsync(scope);
            lock (_lock)
                _unforgotten.Remove(scope);
        }
    }

    /// <summary>All that has to do with Redis.</summary>
    public ValueTask DisposeAsync() => close();

    private async Task ForgetAsync(FlushScope scope)
    {
        var name = ScopeName.Of(scope);
        var number = await commands.MarkAsync(name);
        if (scope is FlushScope.OfAddress { Address: var address })
            await commands.ForgetAsync(address.Text, number);
        else
            marks.Add(name, number);
    }
}
