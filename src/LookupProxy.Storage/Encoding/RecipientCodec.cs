using System.Collections.Immutable;
using LookupProxy.Core.Recipients;

namespace LookupProxy.Storage.Encoding;

internal static class RecipientCodec
{
    /// <summary>More than a directory publishes of one recipient; more than this is damage.</summary>
    private const int MaxAttributes = 4096;
    private const int MaxValues = 1_000_000;

    /// <summary>Written to stores: a meaning never changes.</summary>
    [Flags]
    private enum Marks : byte
    {
        None = 0,
        Disabled = 1,
        AuthenticatedSendersOnly = 2,
        PrimaryAddress = 4,
        DistinguishedName = 8,
        All = 15,
    }

    public static void Write(OctetWriter writer, Recipient recipient)
    {
        var marks = (recipient.Disabled ? Marks.Disabled : Marks.None)
            | (recipient.AuthenticatedSendersOnly ? Marks.AuthenticatedSendersOnly : Marks.None)
            | (recipient.PrimaryAddress is not null ? Marks.PrimaryAddress : Marks.None)
            | (recipient.DistinguishedName is not null ? Marks.DistinguishedName : Marks.None);
        writer.Octet((byte)marks);
        writer.Octet((byte)recipient.Kind);
        writer.Text(recipient.Directory);
        if (recipient.PrimaryAddress is not null)
            writer.Text(recipient.PrimaryAddress);
        if (recipient.DistinguishedName is not null)
            writer.Text(recipient.DistinguishedName);
        writer.Number((ulong)recipient.Attributes.Count);
        foreach (var (name, values) in recipient.Attributes)
        {
            writer.Text(name);
            writer.Number((ulong)values.Length);
            foreach (var value in values)
                writer.Text(value);
        }
    }

    public static bool TryRead(ref OctetReader reader, out Recipient recipient)
    {
        recipient = null!;
        if (!reader.TryOctet(out var octet) || !reader.TryOctet(out var kind) || !reader.TryText(out var directory))
            return false;
        var marks = (Marks)octet;
        string? primary = null, name = null;
        if ((marks & ~Marks.All) != Marks.None
            || !Enum.IsDefined((RecipientKind)kind)
            || (marks.HasFlag(Marks.PrimaryAddress) && !reader.TryText(out primary))
            || (marks.HasFlag(Marks.DistinguishedName) && !reader.TryText(out name))
            || !TryAttributes(ref reader, out var attributes))
        {
            return false;
        }

        recipient = new Recipient
        {
            Directory = directory,
            Kind = (RecipientKind)kind,
            PrimaryAddress = primary,
            DistinguishedName = name,
            Disabled = marks.HasFlag(Marks.Disabled),
            AuthenticatedSendersOnly = marks.HasFlag(Marks.AuthenticatedSendersOnly),
            Attributes = attributes,
        };
        return true;
    }

    private static bool TryAttributes(ref OctetReader reader, out AttributeDictionary attributes)
    {
        attributes = AttributeDictionary.Empty;
        if (!reader.TryCount(MaxAttributes, out var count))
            return false;
        if (count == 0)
            return true;
        var read = new Dictionary<string, ImmutableArray<string>>(count, StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < count; i++)
        {
            if (!reader.TryText(out var name) || !reader.TryCount(MaxValues, out var length))
                return false;
            var values = ImmutableArray.CreateBuilder<string>(length);
            for (var j = 0; j < length; j++)
            {
                if (!reader.TryText(out var value))
                    return false;
                values.Add(value);
            }

            read[name] = values.MoveToImmutable();
        }

        attributes = AttributeDictionary.Of(read);
        return true;
    }
}
