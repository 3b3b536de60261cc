using LookupProxy.Core.Recipients;
using LookupProxy.Directories.File;

namespace LookupProxy.Directories.Tests.File.Reading;

public sealed class LdifReaderTests
{
    private static readonly string Anna = """
        dn: CN=Anna,DC=contoso,DC=example
        objectClass: user
        mail: anna@corp.example

        """;

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public void Entries_are_read_with_version_comments_folds_and_either_line_end(string newLine)
    {
        var set = Read("""
            version: 1
            # a comment
              that goes on
            dn: CN=Anna Be
             rg,DC=contoso,DC=exa
             mple
            objectClass: user
            # between
            mail: anna@corp.
             example
            jpegPhoto:: not even base64, and nobody's business



            dn:: Q049SsO8cmdlbg==
            MAIL;lang-de:: asO8cmdlbkBjb3JwLmV4YW1wbGU=
            """.ReplaceLineEndings(newLine));
        Assert.Equal(2, set.Count);
        Assert.Equal("CN=Anna Berg,DC=contoso,DC=example", set.Find("anna@corp.example").DistinguishedName);
        Assert.Equal("CN=J\u00FCrgen", set.Find("j\u00FCrgen@corp.example").DistinguishedName);
    }

    [Fact]
    public void All_address_attributes_count_and_other_address_types_do_not()
    {
        var set = Read("""
            dn: CN=Anna
            mail: mail@corp.example
            proxyAddresses: smtp:proxy@corp.example
            proxyAddresses: SMTP:Primary@Corp.Example
            proxyAddresses: bare@corp.example
            proxyAddresses: X500:/o=x/cn=a@corp.example
            proxyAddresses: sip:sip@corp.example
            proxyAddresses: x400:c=a@corp.example
            mailLocalAddress: local@corp.example
            mailAlternateAddress: alternate@corp.example
            otherMailbox: smtp$dollar@corp.example
            otherMailbox: smtp:colon@corp.example
            otherMailbox: private@elsewhere.example
            mail: "with space"@corp.example
            mail: with another space@corp.example
            """);
        foreach (var name in new[] { "mail", "proxy", "primary", "bare", "local", "alternate", "dollar", "colon", "\"with space\"", "\"with another space\"" })
            Assert.True(set.Has(name + "@corp.example"), name);
        Assert.Equal(10, set.Count);
        Assert.Equal(0, set.Skipped);
        Assert.Equal("Primary@Corp.Example", set.Find("mail@corp.example").PrimaryAddress);
    }

    [Fact]
    public void The_operator_may_name_other_address_attributes()
    {
        var set = FileText.Read(
            FileText.Options(RecipientFileFormat.Ldif) with { AddressAttributes = ["zimbraMailAlias"] },
            "dn: a\nmail: mail@corp.example\nzimbramailalias: alias@corp.example\n");
        Assert.True(set.Has("alias@corp.example"));
        Assert.False(set.Has("mail@corp.example"));
    }

    [Theory]
    [InlineData("user", RecipientKind.Mailbox)]
    [InlineData("group", RecipientKind.Group)]
    [InlineData("contact", RecipientKind.Contact)]
    [InlineData("publicFolder", RecipientKind.PublicFolder)]
    [InlineData("nisMailAlias", RecipientKind.Alias)]
    public void The_kind_comes_from_the_object_class(string objectClass, RecipientKind kind)
    {
        var set = Read($"dn: x\nobjectClass: top\nobjectClass: person\nobjectClass: {objectClass}\nmail: x@corp.example\n");
        Assert.Equal(kind, set.Find("x@corp.example").Kind);
    }

    [Fact]
    public void Disabled_accounts_exist_unless_the_operator_says_otherwise()
    {
        var text = Anna + "\ndn: CN=Gone\nuserAccountControl: 514\nmail: gone@corp.example\n";
        Assert.True(Read(text).Find("gone@corp.example").Disabled);
        Assert.False(Read(text).Find("anna@corp.example").Disabled);
        var without = FileText.Read(FileText.Options(RecipientFileFormat.Ldif) with { DisabledExists = false }, text);
        Assert.False(without.Has("gone@corp.example"));
        Assert.True(without.Has("anna@corp.example"));
    }

    [Theory]
    [InlineData(4, true)]
    [InlineData(16, true)]
    [InlineData(1, false)]
    [InlineData(2147483648, false)]
    public void A_mailbox_whose_account_Exchange_disables_by_design_always_exists(long recipientTypeDetails, bool exists)
    {
        var text = $"dn: CN=Room\nuserAccountControl: 514\nmail: room@corp.example\nmsExchRecipientTypeDetails: {recipientTypeDetails}\n";

        Assert.Equal(!exists, Read(text).Find("room@corp.example").Disabled);
        Assert.Equal(exists, FileText.Read(FileText.Options(RecipientFileFormat.Ldif) with { DisabledExists = false }, text).Has("room@corp.example"));
    }

    [Fact]
    public void A_forgotten_empty_line_makes_no_one_entry_of_two()
    {
        var set = Read("dn: CN=Gone\nuserAccountControl: 514\nmail: gone@corp.example\ndn: CN=Zoe\nmail: zoe@corp.example\n");

        Assert.True(set.Find("gone@corp.example").Disabled);
        Assert.False(set.Find("zoe@corp.example").Disabled);
        Assert.Equal("CN=Zoe", set.Find("zoe@corp.example").DistinguishedName);
    }

    [Fact]
    public void Authenticated_senders_only_is_read()
    {
        Assert.True(Read("dn: x\nmsExchRequireAuthToSendTo: TRUE\nmail: x@corp.example\n").Find("x@corp.example").AuthenticatedSendersOnly);
        Assert.False(Read("dn: x\nmsExchRequireAuthToSendTo: FALSE\nmail: x@corp.example\n").Find("x@corp.example").AuthenticatedSendersOnly);
    }

    [Fact]
    public void Only_allow_listed_attributes_are_published()
    {
        var set = FileText.Read(
            FileText.Options(RecipientFileFormat.Ldif) with { PublishedAttributes = ["proxyAddresses", "department"] },
            "dn: x\nmail: x@corp.example\nDepartment: Sales\nproxyAddresses: SMTP:x@corp.example\nproxyAddresses: smtp:y@corp.example\nsalary: 1\n");
        var attributes = set.Find("x@corp.example").Attributes;
        Assert.Equal(2, attributes.Count);
        Assert.Equal(["Sales"], attributes["DEPARTMENT"]);
        Assert.Equal(["SMTP:x@corp.example", "smtp:y@corp.example"], attributes["proxyaddresses"]);
    }

    [Fact]
    public void Values_that_are_no_address_are_passed_over_and_counted()
    {
        var set = Read("dn: x\nmail: x@corp.example\nmail: none\nmail: Anna <anna@corp.example>\n");
        Assert.Equal(1, set.Count);
        Assert.Equal(2, set.Skipped);
        Assert.Equal("line 3: \"none\" is no address (NoDomain)", set.FirstSkipped);
    }

    [Fact]
    public void A_catch_all_makes_every_local_part_exist()
    {
        var set = Read("dn: x\nobjectClass: group\nmailLocalAddress: @B\u00FCro.example\n");
        Assert.Equal(RecipientKind.Group, set.Find("whoever@b\u00FCro.example").Kind);
        Assert.False(set.Has("whoever@corp.example"));
    }

    [Fact]
    public void What_ldifde_writes_is_read()
    {
        Assert.True(Read("dn: x\nchangetype: add\nmail: x@corp.example\n").Has("x@corp.example"));
    }

    [Fact]
    public void What_ldapsearch_writes_around_the_entries_is_read()
    {
        var set = Read($"# extended LDIF\n#\n# LDAPv3\n\n{Anna}\n# search reference\nref: ldap://contoso.example/CN=Configuration\n\n# search result\nsearch: 2\nresult: 0 Success\n\n# numResponses: 2\n");
        Assert.Equal(1, set.Count);
    }

    [Fact]
    public void The_pages_of_ldapsearch_are_read()
    {
        var set = Read($"{Searched}{Anna}\n{Result("cookie=AAAAAA==")}dn: CN=Zoe\nmail: zoe@corp.example\n\n{Result("estimate=2 cookie=")}# numEntries: 2\n");
        Assert.Equal(2, set.Count);
    }

    [Fact]
    public void What_ldapsearch_did_not_write_to_the_end_is_not_whole()
    {
        foreach (var cut in new[] { "", Anna, Anna + "\n# search result\nsearch: 2\n", $"{Anna}\n{Result("cookie=AAAAAA==")}", $"{Anna}\n{Result("cookie=")}dn: CN=Zoe\n" })
        {
            Assert.Equal(
                "begins as ldapsearch writes it, and the result of the search is missing at its end: it is not whole",
                FileText.Fault(RecipientFileFormat.Ldif, Searched + cut));
        }
    }

    [Fact]
    public void A_search_that_did_not_succeed_has_no_whole_file()
    {
        var fault = FileText.Fault(RecipientFileFormat.Ldif, Anna + "\n# search result\nsearch: 2\nresult: 4 Size limit exceeded\n");
        Assert.Equal("line 7: the search that wrote the file ended with \"4 Size limit exceeded\": it is not whole", fault);
    }

    [Theory]
    [InlineData("dn: x\nchangetype: modify\nreplace: mail\nmail: x@corp.example\n-\n", "line 2: a change record (modify)")]
    [InlineData("dn: x\nchangetype: delete\n", "line 2: a change record (delete)")]
    [InlineData("dn: x\ncontrol: 1.2.3 true\nchangetype: add\n", "line 2: a change record (control)")]
    [InlineData("dn: x\nmail:< file:///etc/passwd\n", "line 2: mail: a URL")]
    [InlineData("dn: x\njpegPhoto:< file:///photo\n", "line 2: jpegPhoto: a URL")]
    [InlineData("dn: x\nmail:: ***\n", "line 2: mail: is no base64")]
    [InlineData("dn: x\nmail\n", "line 2: \"mail\" is no LDIF")]
    [InlineData("mail: x@corp.example\n", "line 1: a record begins with \"mail\"")]
    [InlineData("dn: x\nmail: x@corp.example\n\nmail: y@corp.example\n", "line 4: a record begins with \"mail\"")]
    [InlineData("version: 2\n", "line 1: only LDIF version 1")]
    [InlineData("dn: x\nmail:: /w==\n", "line 2: mail: is no UTF-8")]
    [InlineData("dn: x\nproxyAddresses;range=0-1499: smtp:x@corp.example\n", "line 2: proxyAddresses;range=0-1499: holds only a part")]
    public void A_fault_names_line_and_cause(string text, string expected) =>
        Assert.StartsWith(expected, FileText.Fault(RecipientFileFormat.Ldif, text), StringComparison.Ordinal);

    [Fact]
    public void The_end_of_a_range_is_whole()
    {
        Assert.True(Read("dn: x\nproxyAddresses;range=0-*: smtp:x@corp.example\n").Has("x@corp.example"));
    }

    [Fact]
    public void A_line_that_folds_for_ever_is_refused()
    {
        var options = FileText.Options(RecipientFileFormat.Ldif) with { Limits = new RecipientFileLimits { MaxLine = 1000 } };
        var text = "dn: x\nmail: x\n" + string.Concat(Enumerable.Repeat(" folded\n", 1000));
        Assert.StartsWith("line 2: is longer than 1000 octets", FileText.Fault(options, text), StringComparison.Ordinal);
    }

    [Fact]
    public void An_entry_without_addresses_is_no_recipient() => Assert.Equal(0, Read("dn: x\nobjectClass: user\n").Count);

    private const string Searched = "# extended LDIF\n#\n# LDAPv3\n# base <dc=contoso,dc=example> with scope subtree\n#\n\n";

    private static string Result(string paged) =>
        $"# search result\nsearch: 2\nresult: 0 Success\ncontrol: 1.2.840.113556.1.4.319 false MAUCAQAEAA==\npagedresults: {paged}\n\n";

    private static LookupProxy.Directories.File.Recipients.RecipientSet Read(string text) => FileText.Read(RecipientFileFormat.Ldif, text);
}
