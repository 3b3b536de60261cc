using System.Collections.Immutable;
using System.Text;
using LookupProxy.Core.Recipients;
using LookupProxy.Endpoints.Ldap.Entries;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.Endpoints.Tests.Ldap.Entries;

public sealed class AttributeSelectionTests
{
    private const string Anna = "anna@corp.example";

    private static readonly Recipient Real = Recipients.With(
        new Recipient { Directory = "contoso", PrimaryAddress = "Anna.Schmidt@corp.example" },
        ("displayName", ["Anna Schmidt"]), ("extensionAttribute1", ["gold"]), ("facsimileTelephoneNumber", ["+49 89 1"]), ("proxyAddresses", ["SMTP:Anna.Schmidt@corp.example", "x500:/o=x"]));

    [Theory]
    [InlineData("mail", "mail")]
    [InlineData("MAIL mail", "mail")]
    [InlineData("dn mail mailAlternateAddress", "mail mailAlternateAddress")]
    [InlineData("1.1", "")]
    [InlineData("1.1 mail", "mail")]
    [InlineData("0.9.2342.19200300.100.1.3", "mail")]
    [InlineData("rfc822Mailbox", "rfc822Mailbox")]
    [InlineData("RFC822mailbox mail 0.9.2342.19200300.100.1.3", "RFC822mailbox")]
    [InlineData("fax 2.5.4.23 facsimileTelephoneNumber", "fax")]
    [InlineData("2.5.4.23", "facsimileTelephoneNumber")]
    [InlineData("surname 1.2.840.113556.1.2.210", "proxyAddresses")]
    [InlineData("noSuchThing", "")]
    [InlineData("mail;lang-de", "")]
    [InlineData("proxyAddresses;range=0-*", "proxyAddresses")]
    [InlineData("extensionAttribute1", "extensionAttribute1")]
    [InlineData("+", "entryDN subschemaSubentry lookupProxyDirectory")]
    [InlineData("memberOf", "")]
    public void A_search_gets_what_it_asks_for(string asked, string expected) =>
        Assert.Equal(expected, string.Join(' ', Apply(Recipients.Entry(Anna, Real), asked.Split(' ')).Select(static attribute => attribute.Description)));

    /// <summary>Of 500 names, and again of another recipient: the list is read once.</summary>
    [Theory]
    [InlineData("mail")]
    [InlineData("MAIL mail EXTENSIONattribute1 extensionAttribute1")]
    [InlineData("* extensionAttribute1 +")]
    [InlineData("* surname fax")]
    [InlineData("0.9.2342.19200300.100.1.3 proxyAddresses;range=0-* noSuchThing;lang-de")]
    public void A_long_list_selects_what_its_names_select(string asked)
    {
        ImmutableArray<string> names = [.. asked.Split(' ')];
        ImmutableArray<string> longList = [.. Enumerable.Range(0, 250).Select(static number => $"no{number}"), .. names, .. Enumerable.Range(250, 250).Select(static number => $"no{number}")];
        foreach (var recipient in new[] { Real, new Recipient { Directory = "contoso", PrimaryAddress = Anna }, Recipients.With(Real, ("extensionAttribute1", ["silver"])) })
        {
            var entry = Recipients.Entry(Anna, recipient);
            Assert.Equal(Shown(entry, names), Shown(entry, longList));
        }

        static IEnumerable<string> Shown(RecipientEntry entry, ImmutableArray<string> asked) => AttributeSelection.Apply(entry, asked, typesOnly: false)
            .Select(static attribute => $"{attribute.Description}: {string.Join(", ", attribute.Values.Select(static value => Encoding.UTF8.GetString(value.Span)))}".ToUpperInvariant())
            .Order(StringComparer.Ordinal);
    }

    [Fact]
    public void Asked_for_nothing_it_gets_every_user_attribute_and_no_operational_one()
    {
        var entry = Recipients.Entry(Anna, Real);
        var names = Apply(entry).Select(static attribute => attribute.Description).ToArray();
        Assert.Equal(names, Apply(entry, "*").Select(static attribute => attribute.Description));
        Assert.Contains("displayName", names);
        Assert.Contains("extensionAttribute1", names);
        Assert.Contains("objectClass", names);
        Assert.DoesNotContain("lookupProxyDirectory", names);
        Assert.Equal(names.Length, names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Fact]
    public void Types_only_has_no_values() =>
        Assert.All(AttributeSelection.Apply(Recipients.Entry(Anna, Real), [], typesOnly: true), static attribute => Assert.Empty(attribute.Values));

    [Fact]
    public void Only_allowed_attributes_leave_and_others_cannot_be_guessed_by_a_filter()
    {
        var options = new EntryOptions { Allowed = ["mail", "DISPLAYNAME"] };
        var entry = Recipients.Entry(Anna, Real, options);
        Assert.Equal(["mail", "displayName"], Apply(entry).Select(static attribute => attribute.Description));
        Assert.Empty(Apply(entry, "extensionAttribute1", "proxyAddresses"));
        Assert.False(entry.TryRead("extensionAttribute1", out _, out _));
        Assert.True(entry.TryRead("userAccountControl", out _, out var control));
        Assert.Equal("512", control[0]);
    }

    [Fact]
    public void Real_attributes_win_and_the_address_asked_for_is_always_there()
    {
        var entry = Recipients.Entry(Anna, Real);
        Assert.Equal(["Anna.Schmidt@corp.example"], Values(entry, "mail"));
        Assert.Equal(["SMTP:Anna.Schmidt@corp.example", "x500:/o=x", "smtp:anna@corp.example"], Values(entry, "proxyAddresses"));
        Assert.Equal(["SMTP:anna@corp.example"], Values(Recipients.Entry(Anna), "proxyAddresses"));
        Assert.Equal(["anna.schmidt@corp.example", "anna.schmidt"], Values(entry, "cn"));
    }

    [Fact]
    public void An_operators_attributes_take_the_place_of_uniform_ones()
    {
        var options = new EntryOptions
        {
            ObjectClasses = ["brightmailUser"],
            Attributes = [new("info", null, "lookupProxyDirectory"), new("mailHost", "relay.corp.example"), new("title", null, "extensionAttribute1"), new("uid", null, "displayName")],
        };
        var entry = Recipients.Entry(Anna, Real, options);
        Assert.Equal(["contoso"], Values(entry, "info"));
        Assert.Equal(["relay.corp.example"], Values(entry, "mailHost"));
        Assert.Equal(["gold"], Values(entry, "title"));
        Assert.Equal(["Anna Schmidt"], Values(entry, "uid"));
        Assert.Contains("brightmailUser", Values(entry, "objectClass"));
    }

    [Fact]
    public void A_real_class_keeps_what_it_is_and_takes_mail()
    {
        var entry = Recipients.Entry(Anna, Recipients.With(new Recipient { Directory = "d" }, ("objectClass", ["top", "device"])));
        Assert.Equal(["top", "device", "inetLocalMailRecipient", "qmailUser", "mailRecipient"], Values(entry, "objectClass"));
    }

    private static string[] Values(RecipientEntry entry, string name) =>
        [.. Assert.Single(Apply(entry, name)).Values.Select(static value => Encoding.UTF8.GetString(value.Span))];

    private static ImmutableArray<LdapAttribute> Apply(RecipientEntry entry, params string[] asked) => AttributeSelection.Apply(entry, [.. asked], typesOnly: false);
}
