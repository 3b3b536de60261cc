using LookupProxy.Core.Recipients;
using LookupProxy.Endpoints.Ldap.Entries;
using LookupProxy.Endpoints.Ldap.Question;
using LookupProxy.Endpoints.Ldap.Searching;
using LookupProxy.Ldap.Filters;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.Endpoints.Tests.Ldap.Entries;

public sealed class FilterPropertyTests
{
    private const string Anna = "anna@corp.example";

    private static readonly string[] s_known = ["displayname", "department", "memberof", "useraccountcontrol"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Any_filter_is_as_true_as_a_naive_reading_of_the_entry_that_is_sent(int seed)
    {
        var filters = new RandomFilters(seed);
        RecipientEntry[] entries =
        [
            Recipients.Entry(Anna),
            Recipients.Entry(Anna, new Recipient { Directory = "contoso", Kind = RecipientKind.Group }),
            Recipients.Entry(Anna, Recipients.With(
                new Recipient { Directory = "contoso", PrimaryAddress = "a.schmidt@corp.example", Disabled = true },
                ("memberOf", ["cn=mail,dc=contoso,dc=example"]), ("department", ["Sales"]), ("cn", ["Anna"]),
                ("proxyAddresses", ["SMTP:a.schmidt@corp.example", "smtp:anna@corp.example", "sip:bob@corp.example"]))),
        ];
        var naive = Array.ConvertAll(
            entries, static entry => new NaiveEvaluator(new SearchResultEntry(entry.Name, AttributeSelection.Apply(entry, ["*", "+"], typesOnly: false)), Anna, s_known));
        var counts = new int[3];
        for (var i = 0; i < 20_000; i++)
        {
            var filter = filters.Next();
            for (var e = 0; e < entries.Length; e++)
            {
                var expected = naive[e].Evaluate(filter) switch { true => Truth.True, false => Truth.False, null => Truth.Undefined };
                var truth = FilterEvaluator.Evaluate(filter, entries[e]);
                Assert.True(expected == truth, $"entry {e}: {truth}, not {expected}: {FilterText.Format(filter)}");
                counts[(int)truth]++;
            }
        }

        Assert.All(counts, static count => Assert.True(count > 3000));
    }

    [Fact]
    public void A_question_has_addresses_each_once_or_a_reason_or_neither()
    {
        var filters = new RandomFilters(4);
        var asked = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var reading = QuestionReader.Read(filters.Next(), new QuestionOptions { DefaultDomain = "corp.example" });
            Assert.Equal(reading.Subject == SearchSubject.Addresses, !reading.Addresses.IsEmpty);
            Assert.Equal(reading.Subject is SearchSubject.Refused or SearchSubject.Domain, reading.Reason.Length > 0);
            Assert.Equal(reading.Addresses.Length, reading.Addresses.Distinct().Count());
            asked += reading.Addresses.Length;
        }

        Assert.True(asked > 1000);
    }

    [Fact]
    public void No_octets_throw()
    {
        var filters = new RandomFilters(5);
        string[] attributes = ["mail", "uid", "userAccountControl", "memberOf", "objectCategory", "x"];
        var entry = Recipients.Entry(Anna, Recipients.With(new Recipient { Directory = "d" }, ("memberOf", ["no name", "cn=\\"]), ("userAccountControl", ["many"])));
        for (var i = 0; i < 20_000; i++)
        {
            var attribute = attributes[i % attributes.Length];
            LdapFilter filter = new LdapFilter.Or(
            [
                new LdapFilter.Equality(attribute, filters.Octets()), new LdapFilter.GreaterOrEqual(attribute, filters.Octets()),
                new LdapFilter.Substrings(attribute, filters.Octets(), [filters.Octets()], filters.Octets()),
                new LdapFilter.Extensible(null, attribute, filters.Octets(), DnAttributes: true),
            ]);
            _ = FilterEvaluator.Evaluate(filter, entry);
            _ = QuestionReader.Read(filter, new QuestionOptions { DefaultDomain = "corp.example" });
        }
    }

    [Fact]
    public void A_filter_as_large_and_as_deep_as_the_codec_lets_through_is_read_and_evaluated()
    {
        LdapFilter deep = new LdapFilter.Equality("mail", "anna@corp.example"u8.ToArray());
        for (var i = 0; i < 32; i++)
            deep = new LdapFilter.Not(new LdapFilter.And([deep]));
        LdapFilter wide = new LdapFilter.Or([.. Enumerable.Repeat(deep, 512)]);
        Assert.True(FilterEvaluator.Matches(wide, Recipients.Entry(Anna)));
        Assert.NotEqual(SearchSubject.Refused, QuestionReader.Read(wide, new QuestionOptions()).Subject);
    }
}
