using LookupProxy.Core.Recipients;
using LookupProxy.Directories.File;

namespace LookupProxy.Directories.Tests.File.Recipients;

public sealed class RecipientSetTests
{
    [Fact]
    public void Case_does_not_matter_unless_the_operator_says_so()
    {
        var options = FileText.Options(RecipientFileFormat.List);
        var text = "Anna@corp.example\n\u00C4rger@corp.example\n";
        var set = FileText.Read(options, text);
        Assert.True(set.Has("aNNA@corp.example"));
        Assert.True(set.Has("\u00E4RGER@corp.example"));
        var sensitive = FileText.Read(options with { CaseSensitive = true }, text);
        Assert.True(sensitive.Has("Anna@CORP.example"));
        Assert.False(sensitive.Has("anna@corp.example"));
    }

    [Theory]
    [InlineData("\u03CC\u03C3\u03BF\u03C2@corp.example", "\u038C\u03A3\u039F\u03A3@corp.example")]
    [InlineData("gu\u0308l@corp.example", "G\u00DCL@corp.example")]
    [InlineData("x@b\u00FCcher.example", "x@xn--bcher-kva.example")]
    public void All_spellings_of_an_address_are_one(string held, string asked)
    {
        Assert.True(FileText.Read(RecipientFileFormat.List, held + "\n").Has(asked));
        Assert.True(FileText.Read(RecipientFileFormat.List, asked + "\n").Has(held));
    }

    [Fact]
    public void Recipients_without_details_share_one_object()
    {
        var set = FileText.Read(RecipientFileFormat.List, "a@x\nb@x\nc@x group\n");
        Assert.Same(set.Find("a@x"), set.Find("b@x"));
        Assert.NotSame(set.Find("a@x"), set.Find("c@x"));
        Assert.Equal(RecipientKind.Group, set.Find("c@x").Kind);
    }

    [Fact]
    public void Long_values_survive()
    {
        var name = "CN=" + new string('x', 100_000);
        var set = FileText.Read(RecipientFileFormat.Ldif, $"dn: {name}\nmail: a@x\nuserAccountControl: 2\nmsExchRequireAuthToSendTo: TRUE\nobjectClass: group\n");
        var recipient = set.Find("a@x");
        Assert.Equal(name, recipient.DistinguishedName);
        Assert.True(recipient.Disabled);
        Assert.True(recipient.AuthenticatedSendersOnly);
        Assert.Equal(RecipientKind.Group, recipient.Kind);
        Assert.Equal(["a@x"], recipient.Attributes["mail"]);
    }
}
