using LookupProxy.SystemTests.Processes;
using LookupProxy.SystemTests.Slapd;

namespace LookupProxy.SystemTests.Ldap;

/// <summary>Lists and groups of a real Active Directory forest (Samba) and an OpenLDAP server beside it that knows no groups.</summary>
[Collection(nameof(ForestCollection))]
public sealed class ForestSearchTests(ForestLab lab)
{
    private const string InChain = "1.2.840.113556.1.4.1941";

    private static readonly string[] s_everybody =
    [
        "anna", "contoso.contact", "contoso.disabled", "contoso.group", "contoso.mailbox", "contoso.mixed.Case", "expired", "guessed", "inner", "jane", "locked", "nested", "new", "off",
        "outer", "tom",
    ];

    [Theory]
    [InlineData("3")]
    [InlineData("1000")]
    public async Task Everybody_of_both_is_one_list_in_pages(string size)
    {
        var result = await lab.SearchAsync("-E", $"pr={size}/noprompt", "(mail=*)", "mail");

        AssertFound(result, s_everybody);
    }

    [Fact]
    public async Task A_group_has_the_members_that_the_forest_says()
    {
        AssertFound(await lab.SearchAsync($"(&(objectClass=user)(memberOf={lab.NameOf("outer")}))", "mail"), "anna");
        AssertFound(await lab.SearchAsync("(memberOf=cn=outer@corp.example,o=lookupproxy)", "mail"), "anna", "inner");
    }

    [Fact]
    public async Task A_groups_list_of_members_and_the_groups_of_a_member_are_told()
    {
        var group = await lab.SearchBelowAsync(lab.NameOf("outer"), "-s", "base", "(objectClass=*)", "member");
        AssertFound(group, "outer");
        Assert.Contains($"member: {lab.NameOf("inner")}", group.Output, StringComparison.Ordinal);
        Assert.Contains($"member: {lab.NameOf("anna")}", group.Output, StringComparison.Ordinal);

        AssertFound(await lab.SearchAsync($"(member={lab.NameOf("anna")})", "mail"), "outer");
    }

    [Fact]
    public async Task Members_through_nested_groups_are_those_that_the_forest_says()
    {
        AssertFound(await lab.SearchAsync($"(memberOf:{InChain}:={lab.NameOf("outer")})", "mail"), "anna", "inner", "nested");
        AssertFound(await lab.SearchAsync($"(&(objectClass=user)(memberOf:{InChain}:={lab.NameOf("outer")}))", "mail"), "anna", "nested");
        AssertFound(await lab.SearchAsync($"(memberOf:{InChain}:=cn=outer@corp.example,o=lookupproxy)", "mail"), "anna", "inner", "nested");
        AssertFound(await lab.SearchAsync($"(|(memberOf:{InChain}:={lab.NameOf("inner")})(memberOf:{InChain}:={lab.NameOf("outer")}))", "mail"), "anna", "inner", "nested");
        AssertFound(await lab.SearchAsync($"(member:{InChain}:={lab.NameOf("nested")})", "mail"), "inner", "outer");
    }

    [Theory]
    [InlineData("(|(memberOf:1.2.840.113556.1.4.1941:=OUTER)(mail=tom*))")]
    [InlineData("(!(memberOf:1.2.840.113556.1.4.1941:=OUTER))")]
    [InlineData("(mail:1.2.840.113556.1.4.1941:=OUTER)")]
    [InlineData("(memberOf:1.2.3.4:=OUTER)")]
    public async Task Where_a_rule_can_not_be_evaluated_the_answer_is_no_success(string filter)
    {
        var result = await lab.SearchAsync(filter.Replace("OUTER", lab.NameOf("outer"), StringComparison.Ordinal), "mail");

        Assert.Equal(53, result.ExitCode);
        Assert.Contains("matching rule", result.Error, StringComparison.Ordinal);
        Assert.Empty(Names(result));
    }

    [Theory]
    [InlineData("memberOf")]
    [InlineData($"memberOf:{InChain}:")]
    public async Task A_group_of_a_server_that_does_not_know_groups_is_no_success_without_members(string item)
    {
        var result = await lab.SearchAsync($"({item}=cn=crew,{lab.Unix.Suffix})", "mail");

        Assert.Equal(52, result.ExitCode);
        Assert.Contains("the list is not whole", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_group_that_nobody_has_is_nobody()
    {
        AssertFound(await lab.SearchAsync($"(memberOf={lab.NameOf("nothing")})", "mail"));
    }

    [Fact]
    public async Task A_base_of_either_is_that_one_alone()
    {
        AssertFound(await lab.SearchBelowAsync(People.BaseDn(lab.Unix.Suffix), "(mail=*)", "mail"), "jane", "tom");
    }

    [Fact]
    public async Task A_server_that_hangs_makes_no_members_lost_in_silence()
    {
        lab.Unix.Suspend();
        try
        {
            var result = await lab.SearchAsync($"(memberOf:{InChain}:={lab.NameOf("outer")})", "mail");

            Assert.Equal(52, result.ExitCode);
            Assert.Equal(["anna", "inner", "nested"], Names(result));
        }
        finally
        {
            lab.Unix.Resume();
        }

        await Eventually.TrueAsync(
            async () => (await lab.SearchAsync($"(memberOf={lab.NameOf("outer")})")).ExitCode == 0, TimeSpan.FromSeconds(15), () => $"the list is whole again\n{lab.Proxy.Log.Tail(20)}");
    }

    private static void AssertFound(CommandResult result, params string[] names)
    {
        Assert.True(result.ExitCode == 0, $"{result.ExitCode} {result.Error}");
        Assert.Equal(names.Order(StringComparer.OrdinalIgnoreCase), Names(result), StringComparer.OrdinalIgnoreCase);
    }

    private static string[] Names(CommandResult result) =>
    [
        .. result.Output.Split('\n')
            .Where(static line => line.StartsWith("dn: ", StringComparison.Ordinal))
            .Select(static line => line["dn: cn=".Length..line.IndexOf('@', StringComparison.Ordinal)])
            .Order(StringComparer.OrdinalIgnoreCase),
    ];
}
