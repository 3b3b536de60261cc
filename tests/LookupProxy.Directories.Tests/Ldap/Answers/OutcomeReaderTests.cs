using System.Text;
using LookupProxy.Core.Recipients;
using LookupProxy.Directories.Ldap;
using LookupProxy.Directories.Ldap.Answers;
using LookupProxy.Directories.Ldap.Entries;
using LookupProxy.Directories.Ldap.Filters;
using LookupProxy.Ldap.Client;
using LookupProxy.Ldap.Filters;
using LookupProxy.Ldap.Messages;
using LookupProxy.TestKit.Ldap;

namespace LookupProxy.Directories.Tests.Ldap.Answers;

public class OutcomeReaderTests
{
    private const string Base = "DC=contoso,DC=local";
    private const string Configuration = "ldap://contoso.local/CN=Configuration,DC=contoso,DC=local";
    private const string Child = "ldap://child.contoso.local/DC=child,DC=contoso,DC=local";

    private static readonly SearchResultEntry Anna = ScriptedEntry.Create("CN=Anna", ("mail", "anna@shared.example"));
    private static readonly SearchResultEntry Disabled = ScriptedEntry.Create("CN=Anna", ("mail", "anna@shared.example"), ("userAccountControl", "514"));

    /// <summary>Every code × entry × references × policy: the only way to Absent is success, no entry, and no reference that counts.</summary>
    [Fact]
    public void Absent_needs_success_and_no_entry_and_no_reference_that_counts()
    {
        string[][] references = [[], [Configuration], [Child], [Configuration, Child]];
        var absents = 0;
        for (var code = 0; code <= 123; code++)
        {
            foreach (var uris in references)
            {
                foreach (var policy in Enum.GetValues<ReferencesPolicy>())
                {
                    var reader = Reader(policy: policy);
                    var counts = policy is ReferencesPolicy.Unknown && uris.Contains(Child);
                    var without = Read(reader, Outcome.Of((ResultCode)code).WithReferences(uris));
                    var with = Read(reader, Outcome.Of((ResultCode)code, Anna).WithReferences(uris));

                    Assert.IsType<Answer.Exists>(with);
                    if (code == 0 && !counts)
                    {
                        Assert.IsType<Answer.Absent>(without);
                        absents++;
                    }
                    else
                    {
                        var unknown = Assert.IsType<Answer.Unknown>(without);
                        Assert.NotEqual(UnknownReason.None, unknown.Reason);
                        Assert.NotEmpty(unknown.Detail);
                        Assert.True(code != 0 || unknown.Reason is UnknownReason.Referral);
                    }
                }
            }
        }

        Assert.Equal(6, absents);
    }

    [Fact]
    public void A_fault_is_unknown_unless_an_entry_came_before_it()
    {
        foreach (var kind in Enum.GetValues<LdapFaultKind>())
        {
            Assert.IsType<Answer.Unknown>(Read(Reader(), Outcome.Of(kind)));
            Assert.IsType<Answer.Exists>(Read(Reader(), Outcome.Of(kind, Anna)));
        }
    }

    [Fact]
    public void An_outcome_with_neither_result_nor_fault_is_unknown() => Assert.IsType<Answer.Unknown>(Read(Reader(), new LdapSearchOutcome()));

    [Fact]
    public void Success_that_carries_a_referral_is_unknown()
    {
        var outcome = new LdapSearchOutcome { Result = new(ResultCode.Success) { Referral = ["ldap://elsewhere/"] } };
        Assert.Equal(UnknownReason.Referral, Assert.IsType<Answer.Unknown>(Read(Reader(), outcome)).Reason);
    }

    [Fact]
    public void Disabled_accounts_count_unless_the_operator_says_otherwise()
    {
        var recipient = Assert.IsType<Answer.Exists>(Read(Reader(), Outcome.Of(ResultCode.Success, Disabled))).Recipient;
        Assert.True(recipient.Disabled);
        Assert.IsType<Answer.Absent>(Read(Reader(disabledExists: false), Outcome.Of(ResultCode.Success, Disabled)));
    }

    [Theory]
    [InlineData(ResultCode.SizeLimitExceeded, UnknownReason.SizeLimit)]
    [InlineData(ResultCode.TimeLimitExceeded, UnknownReason.TimeLimit)]
    [InlineData(ResultCode.Busy, UnknownReason.Busy)]
    public void A_disabled_account_that_does_not_count_makes_no_absence_of_a_search_cut_short(ResultCode code, UnknownReason reason) =>
        Assert.Equal(reason, Assert.IsType<Answer.Unknown>(Read(Reader(disabledExists: false), Outcome.Of(code, Disabled))).Reason);

    [Fact]
    public void An_enabled_account_beside_a_disabled_one_wins()
    {
        foreach (var disabledExists in new[] { true, false })
        {
            var answer = Read(Reader(disabledExists: disabledExists), Outcome.Of(ResultCode.Success, Disabled, Anna));
            Assert.False(Assert.IsType<Answer.Exists>(answer).Recipient.Disabled);
        }
    }

    [Fact]
    public void A_disabled_account_that_shows_the_address_comes_before_an_enabled_one_that_does_not()
    {
        var other = ScriptedEntry.Create("CN=Other", ("mail", "other@shared.example"));
        var reading = Reader().Read(Outcome.Of(ResultCode.Success, other, Disabled), Base, Asked);
        Assert.Null(reading.Unproved);
        Assert.True(Assert.IsType<Answer.Exists>(reading.Answer).Recipient.Disabled);
    }

    [Fact]
    public void An_entry_that_does_not_show_the_address_is_unproved()
    {
        var other = ScriptedEntry.Create("CN=Other", ("mail", "other@shared.example"));
        Assert.Same(other, Reader().Read(Outcome.Of(ResultCode.Success, other), Base, Asked).Unproved);
        Assert.Null(Reader().Read(Outcome.Of(ResultCode.Success, other, Anna), Base, Asked).Unproved);
    }

    [Fact]
    public void The_detail_says_code_text_and_how_far_the_base_was_found()
    {
        var outcome = new LdapSearchOutcome { Result = new(ResultCode.NoSuchObject, "DC=local", "0000208D: NameErr:\0\n" + new string('x', 1000)) };
        var detail = Assert.IsType<Answer.Unknown>(Read(Reader(), outcome)).Detail;
        Assert.StartsWith("the search below DC=contoso,DC=local ended with noSuchObject (32): 0000208D: NameErr:xxx", detail, StringComparison.Ordinal);
        Assert.EndsWith("… (found as far as DC=local)", detail, StringComparison.Ordinal);
        Assert.InRange(detail.Length, 300, 450);
    }

    private static AskedAddress Asked => new(
        LdapFilter.Anything, [new AddressForm("anna", "shared.example")], [new AssertedValue("mail", ValueTemplate.Parse(Encoding.UTF8.GetBytes("anna@shared.example")))]);

    private static Answer Read(OutcomeReader reader, LdapSearchOutcome outcome) => reader.Read(outcome, Base, Asked).Answer;

    private static OutcomeReader Reader(bool disabledExists = true, ReferencesPolicy policy = ReferencesPolicy.Unknown)
    {
        var schema = Directory.Schema("active-directory") with { DisabledExists = disabledExists };
        return new(schema, new RecipientReader("contoso", schema, ["mail"]), new ReferenceJudge(policy, schema.IsActiveDirectory));
    }
}
