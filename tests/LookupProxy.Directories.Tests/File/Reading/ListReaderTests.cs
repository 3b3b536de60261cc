using LookupProxy.Core.Recipients;
using LookupProxy.Directories.File;

namespace LookupProxy.Directories.Tests.File.Reading;

public sealed class ListReaderTests
{
    [Fact]
    public void An_address_a_line_with_comments_and_kinds()
    {
        var set = FileText.Read(RecipientFileFormat.List, """
            # people
            Anna@Corp.Example
              boris@corp.example      # indented
            team@corp.example group
            petra@corp.example	contact   # after a tab
            relay@corp.example OK
            other@corp.example	x
            "with space"@corp.example alias
            <angle@corp.example>
            j%C3@corp.example
            #hidden@corp.example
            a#b@corp.example

            """);
        Assert.Equal(10, set.Count);
        Assert.Equal(RecipientKind.Mailbox, set.Find("anna@corp.example").Kind);
        Assert.Equal(RecipientKind.Group, set.Find("team@corp.example").Kind);
        Assert.Equal(RecipientKind.Contact, set.Find("petra@corp.example").Kind);
        Assert.Equal(RecipientKind.Alias, set.Find("\"with space\"@corp.example").Kind);
        Assert.True(set.Has("a#b@corp.example"));
        Assert.False(set.Has("#hidden@corp.example"));
        Assert.Equal("test", set.Find("relay@corp.example").Directory);
        Assert.Null(set.Find("relay@corp.example").PrimaryAddress);
    }

    [Fact]
    public void A_catch_all_makes_every_local_part_of_its_domain_exist()
    {
        var set = FileText.Read(RecipientFileFormat.List, "@Corp.Example\n");
        Assert.True(set.Has("whoever@corp.example"));
        Assert.False(set.Has("whoever@other.example"));
        Assert.False(set.Has("whoever@sub.corp.example"));
    }

    [Theory]
    [InlineData("anna@corp.example\nanna corp.example\n", "line 2: after the address stands \"corp.example\"")]
    [InlineData("anna\n", "line 1: \"anna\" is no address (NoDomain)")]
    [InlineData("\n\nbob@corp.example REJECT\n", "line 3: after the address stands \"REJECT\"")]
    [InlineData("@b\u00FC cher.example\n", "line 1: after the address")]
    [InlineData("@-x\n", "line 1: \"@-x\" is no address (DomainSyntax)")]
    public void A_line_that_cannot_be_read_is_a_fault(string text, string expected) =>
        Assert.StartsWith(expected, FileText.Fault(RecipientFileFormat.List, text), StringComparison.Ordinal);

    [Fact]
    public void Too_many_addresses_are_refused()
    {
        var options = FileText.Options(RecipientFileFormat.List) with { Limits = new RecipientFileLimits { MaxAddresses = 2 } };
        Assert.Equal(2, FileText.Read(options, "a@x\nb@x\n").Count);
        Assert.StartsWith("has over 2 addresses", FileText.Fault(options, "a@x\nb@x\nc@x\n"), StringComparison.Ordinal);
    }
}
