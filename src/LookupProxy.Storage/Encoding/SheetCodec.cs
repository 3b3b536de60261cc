using System.Collections.Immutable;
using LookupProxy.Core.Recipients;
using LookupProxy.Core.Storage;

namespace LookupProxy.Storage.Encoding;

/// <summary>
/// A stored sheet's answers as octets: a version, the answers, a checksum over all of it and the sheet's key. What is of another version, damaged, or
/// stored under another key is not there. Numbers are LEB128 as protocol buffers write them; text is UTF-8 with its length before it; times are milliseconds.
/// </summary>
internal static class SheetCodec
{
    /// <summary>Of what is written. A reader takes this one and <see cref="WithoutOrigins"/>; what is of another can be asked for again.</summary>
    public const byte Version = 2;

    /// <summary>The version before: its answers don't tell what their directories were asked.</summary>
    private const byte WithoutOrigins = 1;

    /// <summary>More than any namespace has directories; more than this is damage.</summary>
    private const int MaxAnswers = 1024;

    private const byte Absent = 0;
    private const byte Exists = 1;

    public static byte[] Encode(StoredSheet sheet)
    {
        var writer = new OctetWriter();
        writer.Octet(Version);
        writer.Number((ulong)sheet.Answers.Length);
        foreach (var answer in sheet.Answers)
            Write(writer, answer);
        return writer.Finish(sheet.Key);
    }

    /// <summary>Null when the octets are not the sheet of that key.</summary>
    public static StoredSheet? Decode(string key, ReadOnlySpan<byte> octets)
    {
        if (!Checksum.TryStrip(octets, key, out var body))
            return null;
        var reader = new OctetReader(body);
        if (!reader.TryOctet(out var version) || version is not (Version or WithoutOrigins) || !reader.TryCount(MaxAnswers, out var count))
            return null;
        var answers = ImmutableArray.CreateBuilder<StoredAnswer>(count);
        for (var i = 0; i < count; i++)
        {
            if (!TryRead(ref reader, hasOrigin: version == Version, out var answer))
                return null;
            answers.Add(answer);
        }

        return reader.IsAtEnd ? new StoredSheet(key, answers.MoveToImmutable()) : null;
    }

    private static void Write(OctetWriter writer, StoredAnswer answer)
    {
        writer.Text(answer.Directory);
        writer.Number(answer.Origin);
        writer.Number((ulong)Math.Max(answer.GivenAt.ToUnixTimeMilliseconds(), 0));
        writer.Number((ulong)Math.Max((long)answer.FreshFor.TotalMilliseconds, 0));
        if (answer.Answer is Answer.Exists exists)
        {
            writer.Octet(Exists);
            RecipientCodec.Write(writer, exists.Recipient);
        }
        else
        {
            writer.Octet(Absent);
        }
    }

    private static bool TryRead(ref OctetReader reader, bool hasOrigin, out StoredAnswer answer)
    {
        answer = null!;
        var origin = 0UL;
        if (!reader.TryText(out var directory) || (hasOrigin && (!reader.TryNumber(out origin) || origin > uint.MaxValue))
            || !reader.TryTime(out var givenAt) || !reader.TrySpan(out var freshFor) || !reader.TryOctet(out var kind))
        {
            return false;
        }

        Answer said;
        switch (kind)
        {
            case Absent:
                said = Answer.No;
                break;
            case Exists when RecipientCodec.TryRead(ref reader, out var recipient):
                said = new Answer.Exists(recipient);
                break;
            default:
                return false;
        }

        answer = new StoredAnswer(directory, said, givenAt, freshFor) { Origin = (uint)origin };
        return true;
    }
}
