using LookupProxy.Core.Listing;
using LookupProxy.Core.Recipients;
using LookupProxy.Directories.Ldap;
using LookupProxy.Directories.Ldap.Listing;
using LookupProxy.SystemTests.Slapd;
using static LookupProxy.SystemTests.Listing.SlapdListing;

namespace LookupProxy.SystemTests.Listing;

/// <summary>Readings of all recipients of a real slapd.</summary>
public class SlapdListingTests
{
    private const int People = 3210;

    [Theory]
    [InlineData(ChangesMethod.None, "limits * size.prtotal=unlimited", null)]
    [InlineData(ChangesMethod.ModifyTimestamp, "limits * size.prtotal=unlimited", "modifyTimestamp")]
    [InlineData(ChangesMethod.Auto, SyncProvider, "syncrepl")]
    // The account may page through everything and not have it at once.
    [InlineData(ChangesMethod.Auto, "limits * size.soft=500 size.hard=500 size.prtotal=unlimited\noverlay syncprov", "modifyTimestamp")]
    public async Task All_recipients_are_read(ChangesMethod changes, string database, string? method)
    {
        await using var slapd = await StartAsync(People, database);
        await using var directory = slapd.Directory(changes);

        var read = await ReadRecipients.FromAsync(directory);

        Assert.True(read.IsFull);
        Assert.Equal(Enumerable.Range(0, People).Select(Address), read.Primaries);
        Assert.All(read.ById, pair =>
        {
            Assert.Equal(pair.Key, pair.Value.Id);
            Assert.True(Guid.TryParse(pair.Key, out _));
            Assert.Equal(2, pair.Value.Addresses.Length);
            Assert.Equal($"alias.{pair.Value.Addresses[0].Text}", pair.Value.Addresses[1].Text);
            Assert.Equal(RecipientKind.Mailbox, pair.Value.Recipient.Kind);
        });
        Assert.Equal(method, read.Mark?.Method);
        Assert.Equal(method == "syncrepl", read.TellsGone);
    }

    [Fact]
    public async Task A_size_limit_that_paging_does_not_lift_is_a_failure()
    {
        await using var slapd = await StartAsync(People, "limits * size=2000");
        await using var directory = slapd.Directory();

        var thrown = await Assert.ThrowsAsync<ListingException>(() => ReadRecipients.FromAsync(directory));

        Assert.Equal(UnknownReason.SizeLimit, thrown.Reason);
    }

    [Theory]
    [InlineData(ChangesMethod.SyncRepl, SyncProvider)]
    [InlineData(ChangesMethod.SyncRepl, SyncProvider + "\nsyncprov-sessionlog 1000")]
    public async Task Changes_add_up_to_what_is_there(ChangesMethod changes, string database)
    {
        await using var slapd = await StartAsync(People, database);
        await using var directory = slapd.Directory(changes);
        var before = await ReadRecipients.FromAsync(directory);

        await slapd.ModifyAsync($"""
            dn: {Dn(1)}
            changetype: modify
            add: mailLocalAddress
            mailLocalAddress: other@corp.example

            dn: {Dn(2)}
            changetype: delete

            dn: {Dn(3)}
            changetype: modrdn
            newrdn: uid=renamed
            deleteoldrdn: 1

            dn: {Dn(4)}
            changetype: modify
            delete: mail
            -
            delete: mailLocalAddress

            dn: uid=new,{SystemTests.Slapd.People.BaseDn(Suffix)}
            changetype: add
            objectClass: inetOrgPerson
            cn: new
            sn: new
            mail: new@corp.example


            """);
        var changed = await ReadRecipients.FromAsync(directory, before.Mark);

        Assert.False(changed.IsFull);
        Assert.InRange(changed.ById.Count, 3, 10);
        Assert.True(changed.TellsGone);
        await using var fresh = slapd.Directory(ChangesMethod.None);
        MustBeSame((await ReadRecipients.FromAsync(fresh)).ById, before.With(changed));

        var again = await ReadRecipients.FromAsync(directory, changed.Mark);
        Assert.False(again.IsFull);
        Assert.Empty(again.ById);
        Assert.Empty(again.Gone);
        Assert.False(again.OthersGone);
    }

    [Fact]
    public async Task By_time_changes_are_told_and_deletions_are_not()
    {
        await using var slapd = await StartAsync(100, "");
        await using var directory = slapd.Directory(ChangesMethod.ModifyTimestamp);
        var before = await ReadRecipients.FromAsync(directory);

        await slapd.ModifyAsync($"""
            dn: {Dn(1)}
            changetype: modify
            replace: mail
            mail: first@corp.example

            dn: {Dn(2)}
            changetype: delete

            dn: {Dn(4)}
            changetype: modify
            delete: mail
            -
            delete: mailLocalAddress

            """);
        var changed = await ReadRecipients.FromAsync(directory, before.Mark);

        Assert.False(changed.IsFull);
        Assert.False(changed.TellsGone);
        Assert.Contains("first@corp.example", changed.Primaries);
        var now = before.With(changed).Values.Select(recipient => recipient.Addresses[0].Text).ToList();
        Assert.Contains(Address(2), now);
        Assert.DoesNotContain(Address(4), now);
        Assert.Equal(99, now.Count);
    }

    [Fact]
    public async Task A_cookie_of_another_database_leads_to_a_full_reading()
    {
        await using var slapd = await StartAsync(200, SyncProvider);
        await using var directory = slapd.Directory();
        var before = await ReadRecipients.FromAsync(directory);

        await slapd.RestartAsync(options => options with { Ldif = SystemTests.Slapd.People.LdifWithUnit(Suffix, "only@corp.example") });
        await using var same = slapd.Directory();
        var after = await ReadRecipients.FromAsync(same, before.Mark);

        Assert.Equal(["only@corp.example"], before.With(after).Values.Select(recipient => recipient.Addresses[0].Text));
    }

    [Fact]
    public async Task A_mark_for_another_base_leads_to_a_full_reading()
    {
        await using var slapd = await StartAsync(20, SyncProvider);
        await using var directory = slapd.Directory();
        var before = await ReadRecipients.FromAsync(directory);
        await using var other = slapd.Directory(ChangesMethod.Auto, SystemTests.Slapd.People.BaseDn(Suffix));

        Assert.True((await ReadRecipients.FromAsync(other, before.Mark)).IsFull);
    }

    [Fact]
    public async Task Several_bases_are_read_and_a_missing_one_is_a_failure()
    {
        const string Second = "ou=more,dc=contoso,dc=example";
        await using var slapd = await StartAsync(20, SyncProvider, $"""
            dn: {Second}
            objectClass: organizationalUnit

            dn: cn=list,{Second}
            objectClass: groupOfNames
            objectClass: extensibleObject
            cn: list
            member: {Dn(1)}
            mail: list@corp.example

            """);
        var people = SystemTests.Slapd.People.BaseDn(Suffix);
        await using var directory = slapd.Directory(ChangesMethod.Auto, people, Second);
        var before = await ReadRecipients.FromAsync(directory);
        Assert.Equal(21, before.ById.Count);
        Assert.Equal(RecipientKind.Group, before.ById.Values.Single(recipient => recipient.Addresses[0].Text == "list@corp.example").Recipient.Kind);

        await slapd.ModifyAsync($"dn: {Dn(2)}\nchangetype: modify\nreplace: mail\nmail: two@corp.example\n");
        var changed = await ReadRecipients.FromAsync(directory, before.Mark);
        Assert.Contains("two@corp.example", before.With(changed).Values.Select(recipient => recipient.Addresses[0].Text));
        Assert.Equal(21, before.With(changed).Count);

        await using var wrong = slapd.Directory(ChangesMethod.Auto, people, "ou=nowhere,dc=contoso,dc=example");
        Assert.Equal(UnknownReason.BaseNotFound, (await Assert.ThrowsAsync<ListingException>(() => ReadRecipients.FromAsync(wrong))).Reason);
    }

    private static void MustBeSame(IReadOnlyDictionary<string, ListedRecipient> expected, IReadOnlyDictionary<string, ListedRecipient> actual)
    {
        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), actual.Keys.Order(StringComparer.Ordinal));
        foreach (var (id, recipient) in expected)
        {
            Assert.Equal(recipient.Addresses.AsEnumerable(), actual[id].Addresses);
            Assert.Equal(recipient.Recipient.DistinguishedName, actual[id].Recipient.DistinguishedName);
        }
    }
}
