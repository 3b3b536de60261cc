using System.Collections.Frozen;
using System.Collections.Immutable;
using LookupProxy.Core.Recipients;
using LookupProxy.Endpoints.Ldap.Entries;
using LookupProxy.Endpoints.Tests.Ldap.Question;
using LookupProxy.Ldap.Filters;

namespace LookupProxy.Endpoints.Tests.Ldap.Entries;

public sealed class FilterDoubtTests
{
    private const string Anna = "anna@corp.example";

    /// <summary>Each recipient that a filter of the catalogue leaves out is left out for sure, when the directory is asked for what the filter hangs on.</summary>
    [Theory]
    [MemberData(nameof(Catalogue.Filters), MemberType = typeof(Catalogue))]
    public void Who_does_not_match_a_gateways_filter_is_certain_not_to(string product, string filter, string found)
    {
        Assert.NotEmpty(product);
        foreach (var letter in "mgcpx".Except(found))
            Assert.Null(Doubt(Catalogue.Fill(filter, Anna), Recipients.OfLetter(letter), Asked("memberOf")));
    }

    [Fact]
    public void Membership_of_a_group_that_no_directory_was_asked_for_is_not_known()
    {
        const string Filter = "(&(|(mail=anna@corp.example)(uid=anna))(memberOf=cn=mail,ou=groups,dc=contoso,dc=example))";
        var recipient = Recipients.OfLetter('x');

        Assert.Contains("memberOf", Doubt(Filter, recipient, Asked()));
        Assert.Contains("memberOf", Doubt(Filter, recipient, Asked("memberOf") with { Allowed = ["mail"] }));
        Assert.Contains("memberOf", Doubt(Filter, recipient with { Directory = "other" }, Asked("memberOf")));
        Assert.Null(Doubt(Filter, recipient, Asked("MEMBEROF")));
        Assert.Null(Doubt(Filter, recipient, new EntryOptions()));
    }

    [Theory]
    [InlineData("(&(mail=anna@corp.example)(customFlag=TRUE))", "customFlag")]
    [InlineData("(&(mail=anna@corp.example)(!(customFlag=TRUE)))", "customFlag")]
    [InlineData("(&(mail=anna@corp.example)(customFlag=*))", "customFlag")]
    [InlineData("(&(mail=anna@corp.example)(|(customFlag=TRUE)(objectClass=group)))", "customFlag")]
    [InlineData("(&(mail=anna@corp.example)(customFlag=a*b))", "customFlag")]
    [InlineData("(&(mail=anna@corp.example)(customFlag>=1))", "customFlag")]
    [InlineData("(&(mail=anna@corp.example)(memberOf:1.2.840.113556.1.4.1941:=cn=mail,dc=contoso,dc=example))", "memberOf")]
    [InlineData("(&(mail=anna@corp.example)(userAccountControl=many))", "userAccountControl")]
    [InlineData("(&(mail=anna@corp.example)(:2.5.13.2:=x))", "a part of the filter")]
    public void What_nobody_can_tell_is_named(string filter, string named) =>
        Assert.Contains(named, Doubt(filter, new Recipient { Directory = "contoso" }, Asked()));

    [Theory]
    [InlineData("(&(mail=anna@corp.example)(customFlag=TRUE)(objectClass=group))")]
    [InlineData("(&(mail=anna@corp.example)(!(|(customFlag=TRUE)(objectClass=user))))")]
    [InlineData("(&(mail=anna@corp.example)(published=TRUE))")]
    [InlineData("(&(mail=anna@corp.example)(Owner=elsewhere))")]
    [InlineData("(&(mail=anna@corp.example)(Renamed=x))")]
    public void A_filter_that_is_false_whatever_the_unknown_may_be_leaves_no_doubt(string filter) => Assert.Null(Doubt(filter, new Recipient { Directory = "contoso" }, Mapped));

    /// <summary>Kinds tell of the classes that every directory has under these names; of posixAccount and the like only the directory can.</summary>
    [Theory]
    [InlineData("(&(objectClass=posixAccount)(mail=anna@corp.example))")]
    [InlineData("(&(OBJECTCLASS=mailUser)(mail=anna@corp.example)(|(objectClass=group)(objectClass=dominoPerson)))")]
    [InlineData("(&(objectClass=groupOfUniqueNames)(mail=anna@corp.example))")]
    public void A_class_that_no_kind_of_recipient_tells_of_is_not_known_unless_the_directory_gives_the_classes(string filter)
    {
        Assert.Contains("objectClass", Doubt(filter, new Recipient { Directory = "contoso" }, Asked()), StringComparison.OrdinalIgnoreCase);
        Assert.Null(Doubt(filter, Recipients.With(new Recipient { Directory = "contoso" }, ("objectClass", ["top", "inetOrgPerson"])), Asked("objectClass")));
    }

    [Fact]
    public void A_group_that_is_named_as_a_search_here_named_it_is_not_known_to_have_nobody()
    {
        const string Filter = "(&(mail=anna@corp.example)(memberOf=CN=sales@corp.example,o=lookupproxy))";

        Assert.Contains("memberOf", Doubt(Filter, Recipients.OfLetter('m'), Asked("memberOf")));
        Assert.Null(Doubt(Filter, Recipients.OfLetter('x'), Asked("memberOf")));
        Assert.Null(Doubt("(&(mail=anna@corp.example)(entryDN=cn=zoe@corp.example,o=lookupproxy))", Recipients.OfLetter('m'), Asked("memberOf")));
    }

    [Fact]
    public void A_mapping_from_what_a_directory_was_not_asked_for_is_not_known_either() =>
        Assert.Contains("Unasked", Doubt("(&(mail=anna@corp.example)(Unasked=x))", new Recipient { Directory = "contoso" }, Mapped));

    [Fact]
    public void What_a_directory_was_asked_for_and_does_not_give_is_absent()
    {
        var entry = Recipients.Entry(Anna, new Recipient { Directory = "contoso" }, Asked("customFlag"));

        Assert.Equal(Truth.False, FilterEvaluator.Evaluate(Parse("(customFlag=TRUE)"), entry));
        Assert.Equal(Truth.True, FilterEvaluator.Evaluate(Parse("(!(customFlag=TRUE))"), entry));
    }

    [Fact]
    public void Of_a_recipient_that_is_accepted_without_a_directory_nothing_is_certain()
    {
        var verdict = Recipients.Valid(Anna, new Recipient { Directory = "contoso" }) with { Kind = VerdictKind.Unknown, Recipient = null };

        Assert.Contains("department", FilterDoubt.Of(Parse("(&(mail=anna@corp.example)(department=Sales))"), Layout(Asked("department")), verdict));
    }

    private static EntryOptions Mapped => Asked("published", "department") with
    {
        Attributes = [new("Owner", null, "lookupProxyDirectory"), new("Renamed", null, "department"), new("Unasked", null, "extensionAttribute1")],
    };

    private static EntryOptions Asked(params string[] published) => new()
    {
        Published = new Dictionary<string, ImmutableArray<string>> { ["contoso"] = [.. published] }.ToFrozenDictionary(StringComparer.Ordinal),
    };

    private static string? Doubt(string filter, Recipient recipient, EntryOptions options) =>
        FilterDoubt.Of(Parse(filter), Layout(options), Recipients.Valid(Anna, recipient));

    private static EntryLayout Layout(EntryOptions options) => new(Recipients.Suffix, options);

    private static LdapFilter Parse(string filter)
    {
        Assert.True(FilterText.TryParse(filter, FilterTextOptions.Tolerant, out var parsed, out var fault), fault);
        return parsed;
    }
}
