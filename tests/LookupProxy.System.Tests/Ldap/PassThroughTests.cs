using LookupProxy.SystemTests.Processes;
using LookupProxy.SystemTests.Slapd;

namespace LookupProxy.SystemTests.Ldap;

/// <summary>Lists, groups and end users' binds through real servers, with OpenLDAP's own programs as clients.</summary>
public sealed class PassThroughTests(PassThroughLab lab) : IClassFixture<PassThroughLab>
{
    [Theory]
    [InlineData("-E", "pr=100/noprompt", "(objectClass=*)")]
    [InlineData("-E", "pr=1000/noprompt", "(mail=*@corp.example)")]
    [InlineData("-E", "pr=7777/noprompt", "(&(objectClass=user)(mail=*))")]
    [InlineData("(objectClass=inetOrgPerson)")]
    public async Task Everybody_of_all_directories_is_one_list(params string[] arguments)
    {
        var result = await lab.SearchAsync([.. arguments, "mail"]);

        Assert.Equal(0, result.ExitCode);
        var names = Names(result);
        Assert.Equal(PassThroughLab.Everybody, names.Length);
        Assert.Equal(PassThroughLab.Everybody, names.Distinct(StringComparer.Ordinal).Count());
        Assert.Contains("dn: cn=contoso1199@corp.example,o=lookupproxy", names);
        Assert.Contains("dn: cn=fabrikam0@corp.example,o=lookupproxy", names);
        Assert.Contains("dn: cn=listed@corp.example,o=lookupproxy", names);
    }

    [Fact]
    public async Task Nothing_but_published_attributes_leaves()
    {
        var result = await lab.SearchAsync("(uid=anna)", "*", "+");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("mail: anna@corp.example", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("userPassword", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("sn: ", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("memberOf", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_members_of_a_group_are_those_that_its_directory_says()
    {
        var result = await lab.SearchAsync($"(&(objectClass=user)(memberOf=cn=staff,{lab.Contoso.Suffix}))", "mail");

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(["dn: cn=anna@corp.example,o=lookupproxy", "dn: cn=contoso7@corp.example,o=lookupproxy"], Names(result).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_directorys_own_base_is_that_directory()
    {
        var result = await lab.SearchAsAsync(PassThroughLab.GatewayName, "-b", People.BaseDn(lab.Fabrikam.Suffix), "-s", "one", "-E", "pr=500/noprompt", "(objectClass=*)", "mail");

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(PassThroughLab.PeopleOfEach + 2, Names(result).Length);
        Assert.DoesNotContain("contoso", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_size_limit_ends_a_list_as_such()
    {
        var result = await lab.SearchAsync("-z", "10", "(objectClass=*)", "mail");

        Assert.Equal(4, result.ExitCode);
        Assert.Equal(10, Names(result).Length);
    }

    [Fact]
    public async Task What_nobody_knows_is_refused()
    {
        Assert.Equal(53, (await lab.SearchAsync("(userPassword=*)", "mail")).ExitCode);
    }

    [Theory]
    [InlineData("anna@corp.example")]
    [InlineData("anna.alias@corp.example")]
    [InlineData("as@corp.example")]
    [InlineData("cn=anna@corp.example,o=lookupproxy")]
    [InlineData("zoe@corp.example")]
    [InlineData("Zoe.Alias@Corp.Example")]
    public async Task An_end_user_binds_by_address_principal_name_and_DN(string user)
    {
        var result = await lab.WhoAmIAsync(user, PassThroughLab.Password);

        Assert.Equal(0, result.ExitCode);
        Assert.StartsWith("dn:cn=", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("anna@corp.example", "wrong", 49)]
    [InlineData("nobody@corp.example", "wrong", 49)]
    [InlineData("listed@corp.example", "wrong", 49)]
    [InlineData("anna@elsewhere.example", "wrong", 49)]
    [InlineData("anna@corp.example", "", 53)]
    public async Task Whoever_has_another_password_or_none_is_refused(string user, string password, int code)
    {
        Assert.Equal(code, (await lab.WhoAmIAsync(user, password)).ExitCode);
    }

    [Fact]
    public async Task An_end_user_reads_the_own_entry_and_no_other()
    {
        string[] asAnna = ["-x", "-LLL", "-D", "anna@corp.example", "-w", PassThroughLab.Password, "-b", "o=lookupproxy"];

        var own = await lab.RunAsync("ldapsearch", [.. asAnna, "(mail=anna@corp.example)", "mail"]);
        Assert.Equal(0, own.ExitCode);
        Assert.Contains("mail: anna@corp.example", own.Output, StringComparison.Ordinal);
        Assert.Equal(50, (await lab.RunAsync("ldapsearch", [.. asAnna, "(mail=zoe@corp.example)"])).ExitCode);
        Assert.Equal(50, (await lab.RunAsync("ldapsearch", [.. asAnna, "(mail=nobody@corp.example)"])).ExitCode);
        Assert.Equal(50, (await lab.RunAsync("ldapsearch", [.. asAnna, "(objectClass=*)"])).ExitCode);
    }

    [Fact]
    public async Task Guessing_is_slowed_for_the_user_and_for_nobody_else()
    {
        for (var i = 0; i < 4; i++)
            Assert.Equal(49, (await lab.WhoAmIAsync("contoso1@corp.example", $"guess{i}")).ExitCode);

        Assert.Equal(51, (await lab.WhoAmIAsync("contoso1@corp.example", "guess")).ExitCode);
        Assert.Equal(51, (await lab.WhoAmIAsync("cn=contoso1@corp.example,o=lookupproxy", "guess")).ExitCode);
        Assert.Equal(51, (await lab.WhoAmIAsync("alias.contoso1@corp.example", "guess")).ExitCode);
        Assert.Equal(0, (await lab.WhoAmIAsync("zoe@corp.example", PassThroughLab.Password)).ExitCode);
    }

    [Fact]
    public async Task The_firewall_bounds_an_account()
    {
        var found = await lab.SearchAsAsync(PassThroughLab.LimitedName, "-b", "o=lookupproxy", "(mail=anna@corp.example)");
        Assert.Equal(0, found.ExitCode);
        Assert.Contains("mail: anna@corp.example", found.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("objectClass", found.Output, StringComparison.Ordinal);

        Assert.Equal(50, (await lab.SearchAsAsync(PassThroughLab.LimitedName, "-b", "o=lookupproxy", "(objectClass=*)")).ExitCode);
        await Eventually.TrueAsync(
            () => Task.FromResult(lab.Proxy.Log.Tail(200).Contains("limited-no-more", StringComparison.Ordinal)), TimeSpan.FromSeconds(5), () => "the log names the rule");
    }

    private static string[] Names(CommandResult result) => [.. result.Output.Split('\n').Where(static line => line.StartsWith("dn: ", StringComparison.Ordinal))];
}
