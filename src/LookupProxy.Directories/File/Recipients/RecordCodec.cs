using System.Buffers;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text;
using LookupProxy.Core.Recipients;

namespace LookupProxy.Directories.File.Recipients;

/// <summary>
/// A <see cref="FileRecord"/> as octets: kind, flags, then texts, each with its length before it (7 bits an octet, as BinaryWriter does):
/// primary address, distinguished name, and pairs of attribute number and value.
/// </summary>
internal sealed class RecordCodec(string directory, ImmutableArray<string> publishedAttributes)
{
    private const byte DisabledFlag = 1, AuthenticatedFlag = 2, PrimaryFlag = 4, NameFlag = 8;

    public static void Write(FileRecord record, IBufferWriter<byte> to)
    {
        var flags = (record.Disabled ? DisabledFlag : 0)
            | (record.AuthenticatedSendersOnly ? AuthenticatedFlag : 0)
            | (record.PrimaryAddress is null ? 0 : PrimaryFlag)
            | (record.DistinguishedName is null ? 0 : NameFlag);
        to.Write([(byte)record.Kind, (byte)flags]);
        if (record.PrimaryAddress is not null)
            WriteText(to, record.PrimaryAddress);
        if (record.DistinguishedName is not null)
            WriteText(to, record.DistinguishedName);
        foreach (var (attribute, value) in record.Attributes)
        {
            WriteNumber(to, attribute);
            WriteText(to, value);
        }
    }

    public Recipient Read(ReadOnlySpan<byte> from)
    {
        var kind = (RecipientKind)from[0];
        var flags = from[1];
        from = from[2..];
        return new Recipient
        {
            Directory = directory,
            Kind = kind,
            Disabled = (flags & DisabledFlag) != 0,
            AuthenticatedSendersOnly = (flags & AuthenticatedFlag) != 0,
            PrimaryAddress = (flags & PrimaryFlag) != 0 ? ReadText(ref from) : null,
            DistinguishedName = (flags & NameFlag) != 0 ? ReadText(ref from) : null,
            Attributes = ReadAttributes(from),
        };
    }

    private FrozenDictionary<string, ImmutableArray<string>> ReadAttributes(ReadOnlySpan<byte> from)
    {
        if (from.IsEmpty)
            return FrozenDictionary<string, ImmutableArray<string>>.Empty;
        var values = new Dictionary<string, ImmutableArray<string>>(StringComparer.OrdinalIgnoreCase);
        while (!from.IsEmpty)
        {
            var name = publishedAttributes[ReadNumber(ref from)];
            var value = ReadText(ref from);
            values[name] = values.TryGetValue(name, out var before) ? before.Add(value) : [value];
        }

        return values.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }

    private static void WriteText(IBufferWriter<byte> to, string text)
    {
        WriteNumber(to, Encoding.UTF8.GetByteCount(text));
        Encoding.UTF8.GetBytes(text, to);
    }

    private static void WriteNumber(IBufferWriter<byte> to, int number)
    {
        for (; number >= 0x80; number >>= 7)
            to.Write([(byte)(number | 0x80)]);
        to.Write([(byte)number]);
    }

    private static string ReadText(ref ReadOnlySpan<byte> from)
    {
        var length = ReadNumber(ref from);
        var text = Encoding.UTF8.GetString(from[..length]);
        from = from[length..];
        return text;
    }

    private static int ReadNumber(ref ReadOnlySpan<byte> from)
    {
        var number = 0;
        for (var shift = 0; ; shift += 7)
        {
            var octet = from[0];
            from = from[1..];
            number |= (octet & 0x7F) << shift;
            if (octet < 0x80)
                return number;
        }
    }
}
