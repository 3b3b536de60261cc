using System.Text;
using LookupProxy.Core.Addresses;
using LookupProxy.Directories.File.Recipients;

namespace LookupProxy.Directories.File.Reading;

/// <summary>An address, or "@domain" for every local part of a domain, as files write them.</summary>
internal static class AddressEntry
{
    /// <returns>None when it was added to the recipient that has begun; else why it is neither.</returns>
    public static AddressFault TryAdd(RecipientSetBuilder set, ReadOnlySpan<byte> text, AddressSyntax syntax)
    {
        if (text.Length > 1 && text[0] == '@' && !text.Contains((byte)':'))
        {
            if (!DomainName.TryNormalize(Encoding.UTF8.GetString(text[1..]), out var domain))
                return AddressFault.DomainSyntax;
            set.AddCatchAll(domain);
            return AddressFault.None;
        }

        var fault = AddressParser.TryParse(text, syntax, out var address);
        if (fault == AddressFault.None)
            set.Add(address!);
        return fault;
    }

    public static string Describe(AddressFault fault, ReadOnlySpan<byte> text) => $"\"{Show(text)}\" is no address ({fault})";

    /// <summary>For people: short and on one line.</summary>
    public static string Show(ReadOnlySpan<byte> text)
    {
        const int Longest = 80;
        var shown = Encoding.UTF8.GetString(text[..Math.Min(text.Length, Longest)]);
        return string.Concat(shown.Select(static c => char.IsControl(c) ? '?' : c)) + (text.Length > Longest ? "…" : "");
    }
}
