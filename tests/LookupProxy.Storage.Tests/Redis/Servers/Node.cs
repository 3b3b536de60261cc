using System.Collections.Concurrent;
using LookupProxy.Core.Overrides;
using LookupProxy.Core.Storage;
using LookupProxy.Storage.Redis;
using Microsoft.Extensions.Logging.Abstractions;

namespace LookupProxy.Storage.Tests.Redis.Servers;

/// <summary>One node's end of Redis, and what it hears.</summary>
internal sealed class Node : IAsyncDisposable, IClusterListener
{
    public static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    private readonly ConcurrentQueue<string> _heard = new();

    private Node(RedisOptions options, TimeProvider time)
    {
        Level = RedisSecondLevel.Open(options, time, NullLogger.Instance);
        Level.News.Listen(this);
    }

    public RedisSecondLevel Level { get; }

    public IAnswerStore Store => Level.Store;

    public IClusterNews News => Level.News;

    public string[] Heard => [.. _heard];

    /// <summary>As an override book would.</summary>
    public ConcurrentDictionary<string, Override> Overrides { get; } = new(StringComparer.Ordinal);

    /// <summary>What happens on this node while it hears of an override.</summary>
    public Action OnOverridden { get; set; } = static () => { };

    public static Node Begin(int port, Func<RedisOptions, RedisOptions>? change = null, TimeProvider? time = null) => Begin([port], change, time);

    public static Node Begin(int[] ports, Func<RedisOptions, RedisOptions>? change = null, TimeProvider? time = null)
    {
        var options = new RedisOptions
        {
            Endpoints = [.. ports.Select(static port => new RedisEndpoint("127.0.0.1", port))],
            KeepFor = TimeSpan.FromDays(1),
            ConnectTimeout = TimeSpan.FromSeconds(1),
            // These tests share a machine with others: what is not about time shall not fail for it.
            ReadTimeout = TimeSpan.FromSeconds(2),
        };
        return new Node(change?.Invoke(options) ?? options, time ?? TimeProvider.System);
    }

    /// <summary>One that works.</summary>
    public static async Task<Node> StartAsync(int port, Func<RedisOptions, RedisOptions>? change = null)
    {
        var node = Begin(port, change);
        await node.WorksAsync();
        return node;
    }

    public Task WorksAsync() => Eventually.TrueAsync(() => Store.Health.IsWorking, () => $"Redis works; {Store.Health.Detail}");

    public Task WorksNotAsync() => Eventually.TrueAsync(() => !Store.Health.IsWorking, () => "it is seen that Redis does not work");

    public Task WrittenAsync() => Eventually.TrueAsync(() => Store.Health.Pending == 0, () => $"all is written; {Store.Health}");

    /// <summary>Keeps it, and waits until it is written.</summary>
    public async Task KeepAsync(StoredSheet sheet)
    {
        Store.Keep(sheet);
        await WrittenAsync();
    }

    public Task HearsAsync(string what) => Eventually.TrueAsync(() => _heard.Contains(what), () => $"\"{what}\" is heard; so far: {string.Join(", ", _heard)}");

    public async Task<string> FindAsync(string key) => Text(await Store.FindAsync(key, CancellationToken.None));

    public static string Text(StoredSheet? sheet) => sheet is null
        ? ""
        : string.Join(' ', sheet.Answers.OrderBy(static answer => answer.Directory, StringComparer.Ordinal).Select(static answer => $"{answer.Directory}:{answer.Answer.GetType().Name}"));

    public void Flushed(FlushScope scope) => _heard.Enqueue($"flushed {scope}");

    public void Overridden(IReadOnlyCollection<Override> entries)
    {
        foreach (var entry in entries)
        {
            Overrides[entry.Address.Text] = entry;
            _heard.Enqueue($"{entry.Address.Text} {(entry.IsValid ? "valid" : "invalid")}");
            OnOverridden();
        }
    }

    public void OverrideRemoved(string address)
    {
        Overrides.TryRemove(address, out _);
        _heard.Enqueue($"{address} removed");
    }

    public ValueTask DisposeAsync() => Level.DisposeAsync();
}
