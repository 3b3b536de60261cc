using LookupProxy.SystemTests.Processes;

namespace LookupProxy.SystemTests.Ldap;

/// <summary>OpenLDAP's own programs as clients. Their exit code is the LDAP result code.</summary>
public sealed class LdapToolsTests(LdapLab lab) : IClassFixture<LdapLab>
{
    private const string Anna = "(mail=anna@corp.example)";

    [Theory]
    [InlineData(Anna)]
    [InlineData("-s", "sub", "-l", "5", "-z", "1", "-a", "always", Anna, "mail")]
    [InlineData("-E", "pr=10/noprompt", Anna, "mail")]
    [InlineData("-M", Anna, "mail")]
    [InlineData("-MM", Anna, "mail")]
    [InlineData("-E", "!domainScope", Anna, "mail")]
    [InlineData("-A", Anna)]
    [InlineData("-P", "3", Anna, "*", "+")]
    [InlineData("-s", "base", Anna, "mail")]
    [InlineData("-s", "one", Anna, "mail")]
    [InlineData("-s", "children", Anna, "mail")]
    [InlineData("-a", "never", Anna)]
    [InlineData("-a", "search", Anna)]
    [InlineData("-a", "find", Anna)]
    [InlineData("-z", "max", "-l", "max", Anna)]
    [InlineData("-C", Anna)]
    [InlineData("-S", "mail", Anna)]
    [InlineData("-u", Anna)]
    [InlineData("-v", Anna)]
    [InlineData("-o", "ldif-wrap=no", Anna)]
    [InlineData("-o", "nettimeout=5", Anna)]
    [InlineData("-e", "manageDSAit", Anna)]
    [InlineData("-e", "1.2.3.4", Anna)]
    [InlineData("-E", "pr=1/noprompt", "(|(mail=anna@corp.example)(mail=zoe@corp.example))", "mail")]
    [InlineData("-E", "sss=mail", Anna)]
    [InlineData("-E", "domainScope", Anna)]
    [InlineData("-Z", Anna)]
    [InlineData("-ZZ", Anna)]
    public async Task Ldapsearch_finds_a_recipient(params string[] arguments)
    {
        var result = await lab.SearchAsync(arguments);

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("anna@corp.example", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_attributes_are_sent_when_none_are_wanted()
    {
        var result = await lab.SearchAsync(Anna, "1.1");

        Assert.Equal(0, result.ExitCode);
        Assert.StartsWith("dn:", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("\nmail:", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_base_elsewhere_and_LDAPS_will_do()
    {
        var result = await lab.RunAtAsync("ldapsearch", lab.TlsUrl, ["-x", "-LLL", "-D", LdapLab.GatewayName, "-w", LdapLab.GatewayPassword, "-b", "dc=contoso,dc=example", Anna, "mail"]);

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("mail: anna@corp.example", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_recipient_in_both_directories_is_one_entry()
    {
        var result = await lab.SearchAsync("(mail=both@corp.example)", "mail");

        Assert.Single(result.Output.Split('\n'), static line => line.StartsWith("dn:", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("(mail=nobody@corp.example)", 0)]
    [InlineData("(mail=anna@elsewhere.example)", 0)]
    [InlineData("(mail=anna@dark.example)", 52)]
    [InlineData("(objectClass=*)", 53)]
    public async Task Nobody_not_known_and_no_question_have_a_result_each_and_no_entry(string filter, int code)
    {
        var result = await lab.SearchAsync(filter);

        Assert.Equal(code, result.ExitCode);
        Assert.DoesNotContain("dn:", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-e", "!1.2.3.4")]
    [InlineData("-E", "!sss=mail")]
    [InlineData("-E", "!subentries=true")]
    [InlineData("-E", "!mv=(mail=*)")]
    public async Task A_critical_control_that_is_not_known_is_refused(string option, string control)
    {
        Assert.Equal(12, (await lab.SearchAsync(option, control, Anna)).ExitCode);
    }

    [Fact]
    public async Task A_file_of_recipients_is_asked_one_after_another()
    {
        var file = lab.Write("recipients", "anna@corp.example\nnobody@corp.example\nzoe@corp.example\n");

        var result = await lab.SearchAsync("-f", file, "(mail=%s)", "mail");

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(["mail: anna@corp.example", "mail: zoe@corp.example"], result.Output.Split('\n').Where(static line => line.StartsWith("mail:", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task One_that_is_not_known_in_a_file_of_recipients_ends_it_with_that_error()
    {
        var file = lab.Write("dark-recipients", "anna@corp.example\nanna@dark.example\n");

        Assert.Equal(52, (await lab.SearchAsync("-f", file, "(mail=%s)", "mail")).ExitCode);
    }

    [Fact]
    public async Task Version_2_is_not_spoken()
    {
        Assert.Equal(2, (await lab.SearchAsync("-P", "2", Anna)).ExitCode);
    }

    [Fact]
    public async Task A_password_file_will_do()
    {
        var file = lab.Write("gateway.password", LdapLab.GatewayPassword);

        var result = await lab.RunAtAsync("ldapsearch", lab.Url, ["-x", "-LLL", "-D", LdapLab.GatewayName, "-y", file, "-b", "", Anna, "mail"]);

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("mail: anna@corp.example", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_client_certificate_binds_by_SASL_EXTERNAL(bool overStartTls)
    {
        var (url, tls) = overStartTls ? (lab.Url, new[] { "-ZZ" }) : (lab.TlsUrl, []);

        var who = await lab.RunAtAsync("ldapwhoami", url, ["-Q", "-Y", "EXTERNAL", .. tls], hasCertificate: true);
        Assert.True(who.Output.Trim() == $"dn:{LdapLab.RelayName}", who.Output + who.Error);
        var result = await lab.RunAtAsync("ldapsearch", url, ["-Q", "-Y", "EXTERNAL", .. tls, "-LLL", "-b", "o=lookupproxy", Anna, "mail"], hasCertificate: true);
        Assert.Contains("mail: anna@corp.example", result.Output, StringComparison.Ordinal);

        // No certificate, no account; and its password is asked for by no other mechanism.
        Assert.NotEqual(0, (await lab.RunAtAsync("ldapwhoami", url, ["-Q", "-Y", "EXTERNAL", .. tls])).ExitCode);
    }

    [Fact]
    public async Task Browsers_read_the_subschema_before_anything_else()
    {
        var root = await lab.RunAtAsync("ldapsearch", lab.Url, ["-x", "-LLL", "-s", "base", "-b", "", "(objectClass=*)", "subschemaSubentry", "namingContexts"]);
        Assert.Contains("subschemaSubentry: cn=subschema", root.Output, StringComparison.Ordinal);

        var result = await lab.RunAsync(
            "ldapsearch", "-LLL", "-o", "ldif-wrap=no", "-b", "cn=subschema", "-s", "base", "(objectClass=subschema)", "attributeTypes", "objectClasses", "ldapSyntaxes", "matchingRules", "createTimestamp", "modifyTimestamp");

        Assert.Equal(0, result.ExitCode);
        var lines = result.Output.Split('\n');
        Assert.Contains(lines, static line => line.StartsWith("attributeTypes: ( 0.9.2342.19200300.100.1.3 NAME ( 'mail' 'rfc822Mailbox' ) ", StringComparison.Ordinal));
        Assert.Contains(lines, static line => line.StartsWith("objectClasses: ( 2.16.840.1.113730.3.2.2 NAME 'inetOrgPerson' ", StringComparison.Ordinal));
        Assert.Contains(lines, static line => line.StartsWith("ldapSyntaxes: ( 1.3.6.1.4.1.1466.115.121.1.15 ", StringComparison.Ordinal));

        // Whatever entries are made of is in it.
        var described = string.Concat(lines).Replace("NAME ( '", "NAME '", StringComparison.Ordinal);
        var entry = await lab.SearchAsync("-o", "ldif-wrap=no", Anna, "*", "+");
        foreach (var attribute in entry.Output.Split('\n').Where(static line => line.Contains(": ", StringComparison.Ordinal) && !line.StartsWith("dn:", StringComparison.Ordinal)))
        {
            var (name, value) = (attribute.Split(':')[0], attribute.Split(": ", 2)[1]);
            Assert.Contains($"NAME '{name}'", described, StringComparison.OrdinalIgnoreCase);
            if (name == "objectClass")
                Assert.Contains($"NAME '{value}'", described, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task The_root_DSE_is_read_by_anybody_and_nothing_else_is()
    {
        var root = await lab.RunAtAsync("ldapsearch", lab.Url, ["-x", "-LLL", "-s", "base", "-b", "", "+"]);
        Assert.Equal(0, root.ExitCode);
        Assert.Contains("namingContexts: o=lookupproxy", root.Output, StringComparison.Ordinal);
        Assert.Contains("supportedExtension: 1.3.6.1.4.1.1466.20037", root.Output, StringComparison.Ordinal);

        // strongerAuthRequired; ldapsearch -x binds with neither name nor password.
        Assert.Equal(8, (await lab.RunAtAsync("ldapsearch", lab.Url, ["-x", "-b", "o=lookupproxy", Anna])).ExitCode);
    }

    [Fact]
    public async Task Ldapwhoami_says_the_account()
    {
        Assert.Equal($"dn:{LdapLab.GatewayName}", (await lab.RunAsync("ldapwhoami")).Output.Trim());
        Assert.Equal(49, (await lab.RunAtAsync("ldapwhoami", lab.Url, ["-x", "-D", LdapLab.GatewayName, "-w", "wrong"])).ExitCode);
        Assert.Equal(53, (await lab.RunAtAsync("ldapwhoami", lab.Url, ["-x", "-D", LdapLab.GatewayName, "-w", ""])).ExitCode);
    }

    [Fact]
    public async Task Whatever_changes_something_is_refused()
    {
        const string change = "dn: cn=anna@corp.example,o=lookupproxy\nchangetype: modify\nreplace: mail\nmail: x@corp.example\n";

        Assert.Equal(53, (await lab.RunAtAsync("ldapmodify", lab.Url, ["-x", "-D", LdapLab.GatewayName, "-w", LdapLab.GatewayPassword], change)).ExitCode);
        Assert.Equal(53, (await lab.RunAsync("ldapdelete", "cn=anna@corp.example,o=lookupproxy")).ExitCode);
        Assert.Equal(53, (await lab.RunAsync("ldapmodrdn", "cn=anna@corp.example,o=lookupproxy", "cn=x")).ExitCode);
        Assert.Contains("unwilling", (await lab.RunAsync("ldapcompare", "cn=anna@corp.example,o=lookupproxy", "mail:anna@corp.example")).Output, StringComparison.Ordinal);
        Assert.NotEqual(0, (await lab.RunAsync("ldappasswd")).ExitCode);
    }

    [Fact]
    public async Task A_TLS_client_on_the_plain_port_is_logged_as_such()
    {
        Assert.NotEqual(0, (await lab.RunAtAsync("ldapwhoami", $"ldaps://127.0.0.1:{lab.Port}", ["-x"])).ExitCode);

        await Eventually.TrueAsync(
            () => Task.FromResult(lab.Proxy.Log.Tail(100).Contains("tls_on_plain_port", StringComparison.Ordinal)), TimeSpan.FromSeconds(5), () => "the log says so");
    }
}
