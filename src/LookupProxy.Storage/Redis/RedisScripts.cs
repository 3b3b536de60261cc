using LookupProxy.Core.Storage;

namespace LookupProxy.Storage.Redis;

/// <summary>
/// What must happen in Redis at once. Numbers are microseconds since 1970 in 16 digits and times are milliseconds in 13, so that texts compare as they do:
/// they go on rising also when Redis lost its data or another server took over.
/// </summary>
internal static class RedisScripts
{
    /// <summary>So many news are kept for nodes that were cut off; one that missed more forgets everything.</summary>
    public const int LogLimit = 1000;

    private static readonly long Skew = (long)ClockSkew.Limit.TotalMilliseconds;

    private const string NextNumber = """
        local t = redis.call('TIME')
        local n = t[1] * 1000000 + t[2]
        local before = tonumber(redis.call('GET', KEYS[1]) or '0')
        if n <= before then n = before + 1 end
        local number = string.format('%.0f', n)
        redis.call('SET', KEYS[1], number)

        """;

    /// <summary>KEYS number, flushes. ARGV the domain, or nothing. Gives a number, and from it on older sheets of the domain count for nothing.</summary>
    public const string Mark = NextNumber + """
        if ARGV[1] ~= '' then redis.call('HSET', KEYS[2], ARGV[1], number) end
        return number
        """;

    /// <summary>KEYS number. Gives one that is below all that are still to come. Writes nothing: a Redis that is full must not keep a node from what is known.</summary>
    public const string Number = """
        local t = redis.call('TIME')
        local before = tonumber(redis.call('GET', KEYS[1]) or '0')
        return string.format('%.0f', math.max(t[1] * 1000000 + t[2] - 1, before))
        """;

    /// <summary>KEYS number, last, log, trimmed, flushes, overrides. ARGV channel, news, then "put" or "remove" with an override's address, or "flush" with what was flushed.</summary>
    public static readonly string Tell = NextNumber + $$"""
        local last = redis.call('GET', KEYS[2]) or '0000000000000000'
        if ARGV[3] == 'put' then redis.call('HSET', KEYS[6], ARGV[4], ARGV[2])
        elseif ARGV[3] == 'remove' then redis.call('HDEL', KEYS[6], ARGV[4])
        elseif ARGV[4] ~= '' then redis.call('HSET', KEYS[5], ARGV[4], number) end
        redis.call('SET', KEYS[2], number)
        redis.call('ZADD', KEYS[3], number, number .. ARGV[2])
        local over = redis.call('ZCARD', KEYS[3]) - {{LogLimit}}
        if over > 0 then
            local newest = redis.call('ZRANGE', KEYS[3], over - 1, over - 1)
            redis.call('SET', KEYS[4], string.sub(newest[1], 1, 16))
            redis.call('ZREMRANGEBYRANK', KEYS[3], 0, over - 1)
        end
        redis.call('PUBLISH', ARGV[1], last .. number .. ARGV[2])
        return number
        """;

    /// <summary>KEYS last, trimmed, flushes, overrides, log. ARGV the number of the news heard last. All that a node needs to be up to date.</summary>
    public const string CatchUp = """
        return {
            redis.call('GET', KEYS[1]) or '0',
            redis.call('GET', KEYS[2]) or '0',
            redis.call('HGETALL', KEYS[3]),
            redis.call('HGETALL', KEYS[4]),
            redis.call('ZRANGEBYSCORE', KEYS[5], '(' .. ARGV[1], '+inf'),
            redis.call('ZCOUNT', KEYS[5], ARGV[1], ARGV[1])
        }
        """;

    /// <summary>
    /// KEYS last, overrides. ARGV the number of the news heard last, the node's time in milliseconds, addresses. Takes these overrides away, unless something has been told since,
    /// or the node's clock is ahead: for the others they may be in force. Gives 1 when it has.
    /// </summary>
    public static readonly string LetGo = $$"""
        if (redis.call('GET', KEYS[1]) or '0') ~= ARGV[1] then return 0 end
        if tonumber(ARGV[2]) > redis.call('TIME')[1] * 1000 + {{Skew}} then return 0 end
        for i = 3, #ARGV do redis.call('HDEL', KEYS[2], ARGV[i]) end
        return 1
        """;

    /// <summary>
    /// KEYS the sheet. ARGV the number of the news that the node has heard, milliseconds to keep it, the number of fields with an Exists and these with their values;
    /// then, where there are Absents, their common field with its value and the field and time of each. A newer answer is never replaced by an older one,
    /// unless that one is of the future, given by a clock that was wrong; and nothing is kept that was learnt before the address was flushed.
    /// </summary>
    public static readonly string Put = $$"""
        local flushed = redis.call('HGET', KEYS[1], '!')
        if flushed and ARGV[1] < flushed then return 0 end
        local t = redis.call('TIME')
        local latest = string.format('%013.0f', math.floor(t[1] * 1000 + t[2] / 1000) + {{Skew}})
        local function gives(old, time) return old <= time or old > latest end
        local i = 4
        for k = 1, tonumber(ARGV[3]) do
            local old = redis.call('HGET', KEYS[1], ARGV[i])
            if not old or gives(string.sub(old, 1, 13), string.sub(ARGV[i + 1], 1, 13)) then redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1]) end
            i = i + 2
        end
        if ARGV[i] then
            local old = redis.call('HGET', KEYS[1], ARGV[i])
            if not old or gives(string.sub(old, 1, 13), string.sub(ARGV[i + 1], 1, 13)) then redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1]) end
            i = i + 2
        end
        while ARGV[i] do
            local old = redis.call('HGET', KEYS[1], ARGV[i])
            if old and (string.sub(old, 1, 13) < ARGV[i + 1] or string.sub(old, 1, 13) > latest) then redis.call('HDEL', KEYS[1], ARGV[i]) end
            i = i + 2
        end
        if redis.call('PTTL', KEYS[1]) < tonumber(ARGV[2]) then redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
        return 1
        """;

    /// <summary>KEYS the sheet. ARGV the flush's number, milliseconds to remember it: a node that has not heard of it yet can't put back what it knew.</summary>
    public const string Forget = """
        redis.call('DEL', KEYS[1])
        redis.call('HSET', KEYS[1], '!', ARGV[1])
        redis.call('PEXPIRE', KEYS[1], ARGV[2])
        return 1
        """;
}
