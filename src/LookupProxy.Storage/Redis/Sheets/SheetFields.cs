using System.Buffers.Text;
using System.Globalization;
using LookupProxy.Core.Recipients;
using LookupProxy.Core.Storage;
using LookupProxy.Storage.Encoding;
using StackExchange.Redis;

namespace LookupProxy.Storage.Redis.Sheets;

/// <summary>
/// A stored sheet as fields of a hash: one for each directory's Exists, and one for all the Absents of a sheet together, since those that were learnt apart
/// were perhaps never true together. Before the octets of each stands when it was given, and what its writer had heard of.
/// </summary>
internal static class SheetFields
{
    private const int TimeDigits = 13;
    private const int NumberDigits = 16;
    private const int Head = TimeDigits + NumberDigits;

    /// <summary>Arguments for <see cref="RedisScripts.Put"/>.</summary>
    public static RedisValue[] Arguments(StoredSheet sheet, long stamp, TimeSpan keepFor)
    {
        var key = SheetName.Parse(sheet.Key);
        var (exists, absents) = (new List<StoredAnswer>(), new List<StoredAnswer>());
        foreach (var answer in sheet.Answers)
            (answer.Answer is Answer.Exists ? exists : absents).Add(answer);
        var keep = exists.Count > 0 ? keepFor : absents.Max(static answer => answer.FreshFor);
        var arguments = new List<RedisValue> { Number(stamp), (long)Math.Max(keep.TotalMilliseconds, 1), exists.Count };
        foreach (var answer in exists)
        {
            arguments.Add(Field(key, answer.Directory));
            arguments.Add(Value(sheet, [answer], stamp));
        }

        if (absents.Count > 0)
        {
            arguments.Add(Field(key, ""));
            arguments.Add(Value(sheet, absents, stamp));
        }

        foreach (var answer in absents)
        {
            arguments.Add(Field(key, answer.Directory));
            arguments.Add(Time(answer.GivenAt));
        }

        return [.. arguments];
    }

    /// <summary>Of each directory the newest answer; null when nothing is known.</summary>
    public static StoredSheet? Read(string sheetKey, HashEntry[] fields, FlushMarks marks)
    {
        var key = SheetName.Parse(sheetKey);
        var prefix = Field(key, "");
        Dictionary<string, StoredAnswer>? answers = null;
        foreach (var field in fields)
        {
            if (!((string?)field.Name ?? "").StartsWith(prefix, StringComparison.Ordinal) || Decode(sheetKey, (byte[]?)field.Value, key.Domain, marks) is not { } part)
                continue;
            answers ??= new Dictionary<string, StoredAnswer>(StringComparer.Ordinal);
            foreach (var answer in part.Answers)
            {
                if (!answers.TryGetValue(answer.Directory, out var other) || other.GivenAt < answer.GivenAt)
                    answers[answer.Directory] = answer;
            }
        }

        return answers is null ? null : new StoredSheet(sheetKey, [.. answers.Values]);
    }

    /// <summary>As scripts compare it.</summary>
    public static string Number(long number) => number.ToString("D16", CultureInfo.InvariantCulture);

    private static string Time(DateTimeOffset time) => Math.Max(time.ToUnixTimeMilliseconds(), 0).ToString("D13", CultureInfo.InvariantCulture);

    /// <summary>A namespace's name holds no slash.</summary>
    private static string Field(SheetName key, string directory) => $"{key.Namespace}/{directory}";

    private static byte[] Value(StoredSheet sheet, List<StoredAnswer> answers, long stamp)
    {
        var octets = SheetCodec.Encode(new StoredSheet(sheet.Key, [.. answers]));
        var value = new byte[Head + octets.Length];
        System.Text.Encoding.ASCII.GetBytes(Time(answers.Max(static answer => answer.GivenAt)) + Number(stamp), value);
        octets.CopyTo(value, Head);
        return value;
    }

    private static StoredSheet? Decode(string sheetKey, byte[]? value, string domain, FlushMarks marks) =>
        value is { Length: > Head }
        && Utf8Parser.TryParse(value.AsSpan(TimeDigits, NumberDigits), out long stamp, out var read) && read == NumberDigits
        && !marks.Cover(domain, stamp)
            ? SheetCodec.Decode(sheetKey, value.AsSpan(Head))
            : null;
}
