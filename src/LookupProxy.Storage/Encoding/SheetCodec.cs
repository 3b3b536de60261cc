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
    /// <summary>Of what is written. A reader takes this version only: what a store holds can be asked for again.</summary>
    public const byte Version = 1;

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
        if (!reader.TryOctet(out var version) || version != Version || !reader.TryCount(MaxAnswers, out var count))
            return null;
        var answers = ImmutableArray.CreateBuilder<StoredAnswer>(count);
        for (var i = 0; i < count; i++)
        {
            if (!TryRead(ref reader, out var answer))
                return null;
            answers.Add(answer);
        }

        return reader.IsAtEnd ? new StoredSheet(key, answers.MoveToImmutable()) : null;
    }

    private static void Write(OctetWriter writer, StoredAnswer answer)
    {
        writer.Text(answer.Directory);
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

    private static bool TryRead(ref OctetReader reader, out StoredAnswer answer)
    {
        answer = null!;
        if (!reader.TryText(out var directory) || !reader.TryTime(out var givenAt) || !reader.TrySpan(out var freshFor) || !reader.TryOctet(out var kind))
            return false;
        switch (kind)
        {
            case Absent:
                answer = new StoredAnswer(directory, Answer.No, givenAt, freshFor);
                return true;
            case Exists when RecipientCodec.TryRead(ref reader, out var recipient):
                answer = new StoredAnswer(directory, new Answer.Exists(recipient), givenAt, freshFor);
                return true;
            default:
                return false;
        }
    }
}
