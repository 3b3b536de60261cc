using LookupProxy.Core.Recipients;
using LookupProxy.Directories.Ldap;
using LookupProxy.Directories.Ldap.Answers;
using LookupProxy.Directories.Ldap.Entries;
using LookupProxy.Directories.Ldap.Listing;
using LookupProxy.Ldap.Filters;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.SystemTests.Listing;

/// <summary>Readings of all recipients of a real Active Directory forest (Samba).</summary>
public sealed class SambaListingTests(SambaListing lab) : IClassFixture<SambaListing>
{
    [Fact]
    public async Task All_recipients_of_the_forest_are_read_as_a_live_question_finds_them()
    {
        await using var directory = lab.Directory(ChangesMethod.None, asAdministrator: false, $"OU=Mail,{lab.Forest.BaseDn}", pageSize: 2);

        var read = await ReadRecipients.FromAsync(directory);

        Assert.Equal(
            ["contoso.disabled@corp.example", "contoso.group@corp.example", "contoso.mailbox@corp.example", "contoso.mixed.Case@corp.example", "somebody@partner.example"],
            read.Primaries);
        var group = read.ById.Values.Single(recipient => recipient.Addresses[0].Text == "contoso.group@corp.example").Recipient;
        Assert.Equal(RecipientKind.Group, group.Kind);
        Assert.True(group.AuthenticatedSendersOnly);
        var contact = read.ById.Values.Single(recipient => recipient.Recipient.Kind == RecipientKind.Contact);
        Assert.Equal(["somebody@partner.example", "contoso.contact@corp.example"], contact.Addresses.Select(address => address.Text));
        Assert.True(read.ById.Values.Single(recipient => recipient.Addresses[0].Text.StartsWith("contoso.disabled", StringComparison.Ordinal)).Recipient.Disabled);
        Assert.Null(read.Mark);
    }

    [Fact]
    public async Task The_root_of_the_domain_is_read_in_spite_of_its_references()
    {
        await using var directory = lab.Directory(ChangesMethod.Auto, asAdministrator: false, lab.Forest.BaseDn);

        var read = await ReadRecipients.FromAsync(directory);

        Assert.True(read.IsFull);
        Assert.Contains("contoso.mailbox@corp.example", read.Primaries);
    }

    [Fact]
    public async Task A_recipient_with_thousands_of_addresses_is_read_whole()
    {
        await lab.AddUnitAsync("Many");
        await lab.Forest.ChangeAsync(lab.Contact("Many", "many").TrimEnd() + "\n" + string.Concat(Enumerable.Range(0, 3500).Select(i => $"proxyAddresses: smtp:many{i}@corp.example\n")));
        await using var directory = lab.Directory(ChangesMethod.None, asAdministrator: false, lab.Unit("Many"));

        var read = await ReadRecipients.FromAsync(directory);

        Assert.Equal(3502, read.Only.Addresses.Length);

        // Samba gives all at once unless it is asked for a range, as Active Directory gives one unasked: then the others are fetched.
        await using var client = lab.Client();
        var outcome = await client.OpenSessionAsync(TestContext.Current.CancellationToken);
        await using var session = outcome.Session!;
        var searches = new ListingSearches("contoso", session, new LdapListingOptions(), new ReferenceJudge(ReferencesPolicy.Unknown, activeDirectoryPartitions: true));
        var request = new SearchRequest(lab.Unit("Many"), SearchScope.WholeSubtree, new LdapFilter.Present("mail")) { Attributes = ["objectGUID", "proxyAddresses;range=0-999"] };
        var (entries, _) = await searches.AskAsync(request, [], TestContext.Current.CancellationToken);
        var first = Assert.Single(entries);
        Assert.True(RangeReader.IsPartial(first));
        Assert.Equal(1000, first.Values("proxyAddresses").Count());
        await new RangeReader(searches).CompleteAsync(entries, TestContext.Current.CancellationToken);
        Assert.Equal(3502, entries[0].Values("proxyAddresses").Select(EntryAttributes.ToText).Distinct(StringComparer.Ordinal).Count());
    }

    [Theory]
    [InlineData("A", ChangesMethod.Auto, true, "dirsync", true)]
    [InlineData("B", ChangesMethod.Auto, false, "usn", false)]
    [InlineData("C", ChangesMethod.DirSync, false, "dirsync", false)]
    [InlineData("D", ChangesMethod.Usn, true, "usn", true)]
    [InlineData("E", ChangesMethod.ModifyTimestamp, false, "modifyTimestamp", false)]
    public async Task Changes_add_up_to_what_is_there(string unit, ChangesMethod changes, bool asAdministrator, string method, bool tellsGone)
    {
        await lab.AddUnitAsync(unit, Enumerable.Range(0, 20).Select(i => $"{unit}{i}"));
        await lab.AddUnitAsync($"{unit}-else", $"{unit}-else");
        await using var directory = lab.Directory(changes, asAdministrator, lab.Unit(unit));
        var before = await ReadRecipients.FromAsync(directory);
        Assert.Equal(20, before.ById.Count);
        Assert.Equal(method, before.Mark?.Method);
        Assert.Equal(tellsGone, before.TellsGone);

        await lab.Forest.ChangeAsync($"""
            {lab.Contact(unit, $"{unit}-new")}
            dn: CN={unit}1,{lab.Unit(unit)}
            changetype: modify
            add: proxyAddresses
            proxyAddresses: smtp:{unit}1.other@corp.example

            dn: CN={unit}2,{lab.Unit(unit)}
            changetype: modify
            delete: proxyAddresses
            -
            delete: mail

            dn: CN={unit}3,{lab.Unit(unit)}
            changetype: modrdn
            newrdn: CN={unit}3
            deleteoldrdn: 1
            newsuperior: {lab.Unit($"{unit}-else")}

            dn: CN={unit}-else,{lab.Unit($"{unit}-else")}
            changetype: modrdn
            newrdn: CN={unit}-else
            deleteoldrdn: 1
            newsuperior: {lab.Unit(unit)}

            dn: CN={unit}4,{lab.Unit(unit)}
            changetype: modrdn
            newrdn: CN={unit}4-renamed
            deleteoldrdn: 1

            """);
        if (tellsGone)
            await lab.Forest.ChangeAsync($"dn: CN={unit}5,{lab.Unit(unit)}\nchangetype: delete\n");
        var changed = await ReadRecipients.FromAsync(directory, before.Mark);

        Assert.False(changed.IsFull);
        await using var fresh = lab.Directory(ChangesMethod.None, asAdministrator, lab.Unit(unit));
        var expected = (await ReadRecipients.FromAsync(fresh)).ById;
        var actual = before.With(changed);
        Assert.Equal(
            expected.Values.Select(recipient => recipient.Recipient.DistinguishedName).Order(StringComparer.Ordinal),
            actual.Values.Select(recipient => recipient.Recipient.DistinguishedName).Order(StringComparer.Ordinal));
        Assert.Equal(
            expected.Values.SelectMany(recipient => recipient.Addresses).Select(address => address.Text).Order(StringComparer.Ordinal),
            actual.Values.SelectMany(recipient => recipient.Addresses).Select(address => address.Text).Order(StringComparer.Ordinal));

        if (changes is ChangesMethod.ModifyTimestamp)
            return;
        var again = await ReadRecipients.FromAsync(directory, changed.Mark);
        Assert.False(again.IsFull);
        Assert.Empty(again.ById);
    }
}
