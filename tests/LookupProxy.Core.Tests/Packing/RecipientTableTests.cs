using System.Text;
using LookupProxy.Core.Packing;
using LookupProxy.Core.Recipients;

namespace LookupProxy.Core.Tests.Packing;

public sealed class RecipientTableTests
{
    [Fact]
    public void Every_address_is_found_with_its_recipient_and_no_other()
    {
        var builder = new RecipientTableBuilder(ignoreCase: true);
        for (var i = 0; i < 100_000; i++)
            Add(builder, (ulong)i, Key(i), Key(i) + ".second");
        var table = builder.Build();
        Assert.Equal(100_000, table.Recipients);
        Assert.Equal(200_000, table.Addresses);
        for (var i = 0; i < 100_000; i++)
        {
            // One may come twice: once in a while two addresses of one recipient have the same hash.
            Assert.Equal([(ulong)i], Ids(table, Key(i)).Distinct());
            Assert.Equal([(ulong)i], Ids(table, Key(i) + ".second").Distinct());
            Assert.Empty(Ids(table, Key(i) + "x"));
        }
    }

    [Fact]
    public void An_address_of_several_recipients_finds_them_all_also_when_the_table_has_grown()
    {
        var builder = new RecipientTableBuilder(ignoreCase: true);
        for (var i = 0; i < 1000; i++)
            Add(builder, (ulong)i, "office@corp.example", Key(i));
        Assert.Equal(Enumerable.Range(0, 1000).Select(static i => (ulong)i), Ids(builder.Build(), "office@corp.example").Distinct().Order());
    }

    [Fact]
    public void In_a_distinct_table_an_address_stays_with_the_first_who_has_it()
    {
        var builder = new RecipientTableBuilder(ignoreCase: true, distinct: true);
        Add(builder, 1, "Anna@x");
        Add(builder, 2, "anna@X", "berta@x");
        Add(builder, 3, "ANNA@x");
        var table = builder.Build();
        Assert.Equal(2, table.Addresses);
        Assert.Equal(2, table.Recipients);
        Assert.Equal([1ul], Ids(table, "anna@x"));
        Assert.Equal([2ul], Ids(table, "berta@x"));
    }

    [Fact]
    public void Case_matters_only_in_a_table_that_is_to_mind_it()
    {
        foreach (var ignoreCase in new[] { true, false })
        {
            var builder = new RecipientTableBuilder(ignoreCase);
            Add(builder, 1, "Anna@corp.example");
            var table = builder.Build();
            Assert.Equal([1ul], Ids(table, "Anna@corp.example"));
            Assert.Equal(ignoreCase ? [1ul] : [], Ids(table, "aNNA@corp.example"));
        }
    }

    [Fact]
    public void A_recipient_comes_back_as_it_was_kept()
    {
        var builder = new RecipientTableBuilder(ignoreCase: true);
        var details = new RecipientDetails
        {
            Id = 0xFEDCBA9876543210,
            Kind = RecipientKind.PublicFolder,
            Disabled = true,
            AuthenticatedSendersOnly = true,
            PrimaryAddress = "Info@Corp.example",
            DistinguishedName = "cn=Info, dc=corp",
            Attributes = [(0, "a"), (2, "b"), (0, new string('x', 3_000_000)), (1, "not published any more"), (9, "nor this")],
        };
        builder.Begin(details);
        Assert.True(builder.TryAdd("info@corp.example"u8));
        Assert.True(builder.TryAdd("INFO@corp.example"u8));
        Assert.True(builder.TryEnd());
        Add(builder, 7, "x@y");

        foreach (var found in builder.Build().Find("info@corp.example"u8))
        {
            Assert.Equal(0xFEDCBA9876543210, found.Id);
            Assert.Null(found.PlainForm);
            var recipient = found.Read("contoso", ["mail", null, "proxyAddresses"]);
            Assert.Equal("contoso", recipient.Directory);
            Assert.Equal(RecipientKind.PublicFolder, recipient.Kind);
            Assert.True(recipient.Disabled);
            Assert.True(recipient.AuthenticatedSendersOnly);
            Assert.Equal("Info@Corp.example", recipient.PrimaryAddress);
            Assert.Equal("cn=Info, dc=corp", recipient.DistinguishedName);
            Assert.Equal(["a", new string('x', 3_000_000)], recipient.Attributes["MAIL"]);
            Assert.Equal(["b"], recipient.Attributes["proxyAddresses"]);
            Assert.Equal(2, recipient.Attributes.Count);
            return;
        }

        Assert.Fail("not found");
    }

    [Fact]
    public void A_primary_address_that_is_the_first_takes_no_room_of_its_own()
    {
        Assert.Equal(SizeOf(null), SizeOf("Anna@corp.example"));
        Assert.True(SizeOf("anna@corp.example") > SizeOf(null));

        static int SizeOf(string? primary)
        {
            var builder = new RecipientTableBuilder(ignoreCase: true);
            builder.Begin(new RecipientDetails { PrimaryAddress = primary });
            builder.TryAdd("Anna@corp.example"u8);
            builder.TryEnd();
            foreach (var found in builder.Build().Find("anna@corp.example"u8))
            {
                Assert.Equal(primary, found.Read("d", []).PrimaryAddress);
                return found.Octets.Length;
            }

            return -1;
        }
    }

    [Fact]
    public void Without_an_address_there_is_no_recipient()
    {
        var builder = new RecipientTableBuilder(ignoreCase: true);
        builder.Begin(new RecipientDetails { PrimaryAddress = "a@x" });
        Assert.False(builder.TryAdd([]));
        Assert.False(builder.TryAdd(new byte[AddressKey.MaxLength + 1]));
        Assert.True(builder.TryEnd());
        Assert.Equal(0, builder.Recipients);
        Assert.False(builder.Build().Contains("a@x"u8));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(101)]
    [InlineData(102)]
    [InlineData(1000)]
    public void A_table_of_the_expected_size_does_not_grow(int count)
    {
        Assert.Equal(Of(count, count - 1).Octets, Of(count, count).Octets);

        static RecipientTable Of(int expected, int count)
        {
            var builder = new RecipientTableBuilder(ignoreCase: true, expected: expected);
            for (var i = 0; i < count; i++)
                Add(builder, (ulong)i, Key(i));
            return builder.Build();
        }
    }

    [Fact]
    public void Missing_addresses_are_counted()
    {
        var one = Of(0, 10);
        var other = Of(3, 10);
        Assert.Equal(3, one.CountAddressesMissingFrom(other));
        Assert.Equal(3, other.CountAddressesMissingFrom(one));
        Assert.Equal(0, one.CountAddressesMissingFrom(one));
        Assert.Equal(10, one.CountAddressesMissingFrom(RecipientTable.Empty));

        static RecipientTable Of(int from, int count)
        {
            var builder = new RecipientTableBuilder(ignoreCase: true);
            foreach (var i in Enumerable.Range(from, count))
                Add(builder, (ulong)i, Key(i));
            return builder.Build();
        }
    }

    [Fact]
    public void What_is_walked_through_can_be_taken_over_by_another_table()
    {
        var first = new RecipientTableBuilder(ignoreCase: true);
        for (var i = 0; i < 50_000; i++)
            Add(first, (ulong)i, Key(i));
        var second = new RecipientTableBuilder(ignoreCase: true, expected: 10);
        foreach (var recipient in first.Build().Walk())
        {
            if (recipient.Id % 2 == 1)
                Assert.True(second.TryAdd(recipient));
        }

        var table = second.Build();
        Assert.Equal(25_000, table.Recipients);
        for (var i = 0; i < 50_000; i++)
            Assert.Equal(i % 2 == 1, table.Contains(Octets(Key(i))));
    }

    private static void Add(RecipientTableBuilder builder, ulong id, params string[] addresses)
    {
        builder.Begin(new RecipientDetails { Id = id });
        foreach (var address in addresses)
            Assert.True(builder.TryAdd(Octets(address)));
        Assert.True(builder.TryEnd());
    }

    private static List<ulong> Ids(RecipientTable table, string key)
    {
        var ids = new List<ulong>();
        foreach (var found in table.Find(Octets(key)))
            ids.Add(found.Id);
        return ids;
    }

    private static byte[] Octets(string key) => Encoding.UTF8.GetBytes(key);

    /// <summary>Every third one is not ASCII, one of those not of the basic plane.</summary>
    private static string Key(int i) => (i % 3) switch
    {
        0 => $"user{i}@corp.example",
        1 => $"b\u00FCro{i}@corp.example",
        _ => $"\U0001F4A9{i}@corp.example",
    };
}
