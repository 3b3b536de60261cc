using System.Text;
using LookupProxy.Core.Addresses;
using LookupProxy.Core.Packing;
using LookupProxy.Core.Recipients;
using LookupProxy.Directories.File.Recipients;

namespace LookupProxy.Directories.File.Reading;

/// <summary>
/// An address a line, then if wanted white space and its kind ("OK" and "x" too, so that a Postfix relay_recipient_maps source can be used).
/// "@domain" means every local part of the domain. # begins a comment at the start of a line or after white space.
/// Written by people, so a line that cannot be read is a fault and not passed over.
/// </summary>
internal static class ListReader
{
    private static readonly RecipientDetails[] Details = [.. Enum.GetValues<RecipientKind>().Select(static kind => new RecipientDetails { Kind = kind })];

    public static void Read(LineReader lines, RecipientSetBuilder set)
    {
        while (lines.TryRead(out var line))
        {
            line = line.TrimAscii();
            if (line.IsEmpty || line[0] == '#')
                continue;
            var length = AddressLength(line);
            var kind = Kind(line[length..].TrimAscii(), lines.Number);
            set.Begin(Details[(int)kind]);
            var fault = AddressEntry.TryAdd(set, line[..length], AddressSyntax.Mailbox);
            if (fault != AddressFault.None)
                throw new RecipientFileException(lines.Number, AddressEntry.Describe(fault, line[..length]));
            set.End();
        }
    }

    private static RecipientKind Kind(ReadOnlySpan<byte> text, int line)
    {
        if (text.IsEmpty || text[0] == '#')
            return RecipientKind.Mailbox;
        var end = text.IndexOfAny(" \t"u8);
        if (end > 0 && text[end..].TrimAscii()[0] == '#')
            text = text[..end];
        var name = Encoding.UTF8.GetString(text);
        if (KindNames.TryRead(name, out var kind) || IsFiller(name))
            return kind;
        throw new RecipientFileException(line, $"after the address stands \"{AddressEntry.Show(text)}\", which is none of {KindNames.Allowed}");
    }

    /// <summary>Postfix wants something to stand there, and its documentation shows these.</summary>
    private static bool IsFiller(string name) => name.Equals("OK", StringComparison.OrdinalIgnoreCase) || name.Equals("x", StringComparison.OrdinalIgnoreCase);

    /// <summary>Up to the first white space that is not within quotes.</summary>
    private static int AddressLength(ReadOnlySpan<byte> line)
    {
        var quoted = false;
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '"')
                quoted = !quoted;
            else if (quoted && line[i] == '\\')
                i++;
            else if (!quoted && line[i] is (byte)' ' or (byte)'\t')
                return i;
        }

        return line.Length;
    }
}
