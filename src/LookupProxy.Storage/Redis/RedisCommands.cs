using LookupProxy.Storage.Redis.Connecting;
using LookupProxy.Storage.Redis.News;
using LookupProxy.Storage.Redis.Sheets;
using StackExchange.Redis;

namespace LookupProxy.Storage.Redis;

/// <summary>What this node asks of Redis, each in one round trip and in bounded time. Always of the primary: a replica may lag behind, or be of another time.</summary>
internal sealed class RedisCommands(RedisLink link, RedisKeys keys, TimeProvider time)
{
    public const CommandFlags Flags = CommandFlags.DemandMaster;

    /// <summary>Far above what Redis takes, also while it saves or others keep it busy.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    /// <summary>How long a flush of one address is remembered in Redis: far above the time for which a node is cut off, after which it writes what it learnt before.</summary>
    private static readonly TimeSpan RememberFlush = TimeSpan.FromDays(30);

    public IDatabase Database => link.Database ?? throw new TimeoutException("not connected yet");

    /// <summary>The number of the newest news. Not bounded in time.</summary>
    public async Task<long> LastAsync() => (long)await Database.StringGetAsync(keys.Last, Flags) is var last && last > 0 ? last : 1;

    public async Task<NewsState> CatchUpAsync(long since) =>
        NewsState.Of(await RunAsync(RedisScripts.CatchUp, [keys.Last, keys.Trimmed, keys.Flushes, keys.Overrides, keys.Log], [since]), since);

    public Task TellAsync(string node, NewsItem item) => RunAsync(
        RedisScripts.Tell,
        [keys.Number, keys.Last, keys.Log, keys.Trimmed, keys.Flushes, keys.Overrides],
        item switch
        {
            NewsItem.Set { Entry: var entry } => [(string)keys.Channel!, NewsCodec.Encode(node, item), "put", entry.Address.Text],
            NewsItem.Removal { Address: var address } => [(string)keys.Channel!, NewsCodec.Encode(node, item), "remove", address],
            NewsItem.Flush { Scope: var scope } => [(string)keys.Channel!, NewsCodec.Encode(node, item), "flush", ScopeName.Of(scope)],
            _ => throw new InvalidOperationException($"No news: {item}"),
        });

    /// <param name="heard">The number of the news heard last.</param>
    /// <returns>False when others have told something since, perhaps of these overrides, or when this node's clock is ahead.</returns>
    public async Task<bool> LetGoAsync(long heard, string[] addresses, DateTimeOffset now) =>
        (long)await RunAsync(
            RedisScripts.LetGo, [keys.Last, keys.Overrides], [SheetFields.Number(heard), now.ToUnixTimeMilliseconds(), .. addresses.Select(static address => (RedisValue)address)]) != 0;

    /// <summary>One that is below those of all news to come.</summary>
    public async Task<long> NumberAsync() => (long)await RunAsync(RedisScripts.Number, [keys.Number], []);

    /// <param name="scope">A domain or <see cref="FlushMarks.All"/>; empty when only the number is wanted.</param>
    public async Task<long> MarkAsync(string scope) => (long)await RunAsync(RedisScripts.Mark, [keys.Number, keys.Flushes], [scope]);

    public Task ForgetAsync(string address, long number) =>
        RunAsync(RedisScripts.Forget, [keys.Sheet(address)], [SheetFields.Number(number), (long)RememberFlush.TotalMilliseconds]);

    public Task PutAsync(string address, RedisValue[] arguments) => RunAsync(RedisScripts.Put, [keys.Sheet(address)], arguments);

    private async Task<RedisResult> RunAsync(string script, RedisKey[] scriptKeys, RedisValue[] arguments)
    {
        try
        {
            return await Database.ScriptEvaluateAsync(script, scriptKeys, arguments, Flags).WaitAsync(Limit, time);
        }
        catch (RedisServerException exception) when (exception.Message.StartsWith("NOSCRIPT", StringComparison.Ordinal))
        {
            // A server that is new or was started again does not know it yet. The library has seen that, and sends it.
            return await Database.ScriptEvaluateAsync(script, scriptKeys, arguments, Flags).WaitAsync(Limit, time);
        }
    }
}
