using System.Collections.Immutable;
using LookupProxy.Core.Addresses;
using LookupProxy.Core.Recipients;
using LookupProxy.Endpoints.Ldap.Entries;

namespace LookupProxy.Endpoints.Tests.Ldap.Entries;

internal static class Recipients
{
    public const string Suffix = "o=lookupproxy";

    /// <summary>By the letters of the catalogue.</summary>
    public static Recipient OfLetter(char letter) => letter switch
    {
        'm' => With(new Recipient { Directory = "contoso" }, ("memberOf", ["cn=mail,ou=groups,dc=contoso,dc=example", "cn=all,dc=contoso,dc=example"])),
        'g' => new Recipient { Directory = "contoso", Kind = RecipientKind.Group, AuthenticatedSendersOnly = true },
        'c' => new Recipient { Directory = "contoso", Kind = RecipientKind.Contact },
        'p' => new Recipient { Directory = "contoso", Kind = RecipientKind.PublicFolder },
        'x' => new Recipient { Directory = "contoso", Disabled = true },
        _ => throw new ArgumentOutOfRangeException(nameof(letter)),
    };

    public static Recipient With(Recipient recipient, params ReadOnlySpan<(string Name, string[] Values)> attributes)
    {
        var all = new Dictionary<string, ImmutableArray<string>>(recipient.Attributes, StringComparer.OrdinalIgnoreCase);
        foreach (var (name, values) in attributes)
            all[name] = [.. values];
        return recipient with { Attributes = AttributeDictionary.Of(all) };
    }

    public static RecipientEntry Entry(string address, Recipient? recipient = null, EntryOptions? options = null) =>
        new(new EntryLayout(Suffix, options ?? new EntryOptions()), Valid(address, recipient ?? new Recipient { Directory = "contoso" }));

    public static Verdict Valid(string address, Recipient recipient)
    {
        Assert.Equal(AddressFault.None, AddressParser.TryParse(address, AddressSyntax.Unquoted, out var parsed));
        return new Verdict { Kind = VerdictKind.Valid, Address = parsed!, DecidedAs = parsed, Recipient = recipient };
    }
}
