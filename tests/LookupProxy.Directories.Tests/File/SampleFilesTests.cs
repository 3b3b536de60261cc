using LookupProxy.Core.Recipients;
using LookupProxy.Directories.File;
using LookupProxy.Directories.File.Reading;
using LookupProxy.Directories.File.Recipients;

namespace LookupProxy.Directories.Tests.File;

/// <summary>The two organisations that the documentation and the default configuration show.</summary>
public sealed class SampleFilesTests
{
    private readonly RecipientSet _contoso = Read("contoso.ldif");
    private readonly RecipientSet _fabrikam = Read("fabrikam.ldif");

    [Theory]
    [InlineData("anna@corp.example", true, false)]
    [InlineData("tom@corp.example", false, true)]
    [InlineData("both@corp.example", true, true)]
    [InlineData("nobody@corp.example", false, false)]
    [InlineData("aberg@contoso.example", true, false)]
    [InlineData("j\u00FCrgen.m\u00FCller@corp.example", true, false)]
    [InlineData("J\u00DCRGEN.M\u00DCLLER@corp.example", true, false)]
    [InlineData("\u043C\u0430\u0440\u0438\u044F@corp.example", true, false)]
    [InlineData("karin@m\u00FCnchen.corp.example", true, false)]
    [InlineData("soren@M\u00DCNCHEN.corp.example", false, true)]
    [InlineData("eileen.o'brien@corp.example", true, false)]
    [InlineData("\"vera black\"@corp.example", false, true)]
    [InlineData("petra@partner.example", true, false)]
    public void Each_knows_its_own(string address, bool inContoso, bool inFabrikam)
    {
        Assert.Equal(inContoso, _contoso.Has(address));
        Assert.Equal(inFabrikam, _fabrikam.Has(address));
    }

    [Fact]
    public void All_kinds_are_there()
    {
        Assert.Equal(RecipientKind.Mailbox, _contoso.Find("anna.berg@corp.example").Kind);
        Assert.Equal("anna@corp.example", _contoso.Find("anna.berg@corp.example").PrimaryAddress);
        Assert.Equal("CN=Anna Berg,OU=Staff,DC=contoso,DC=example", _contoso.Find("anna.berg@corp.example").DistinguishedName);
        Assert.Equal(RecipientKind.Group, _contoso.Find("sales@corp.example").Kind);
        Assert.False(_contoso.Find("board@corp.example").AuthenticatedSendersOnly);
        Assert.True(_contoso.Find("all-staff@corp.example").AuthenticatedSendersOnly);
        Assert.Equal(RecipientKind.Contact, _contoso.Find("petra.partner@corp.example").Kind);
        Assert.Equal(RecipientKind.PublicFolder, _contoso.Find("suggestions@corp.example").Kind);
        Assert.True(_contoso.Find("left.lately@corp.example").Disabled);
        Assert.Equal(RecipientKind.Group, _fabrikam.Find("team@corp.example").Kind);
        Assert.Equal(RecipientKind.Alias, _fabrikam.Find("webmaster@corp.example").Kind);
    }

    [Fact]
    public void Nothing_in_them_is_passed_over()
    {
        Assert.Equal(0, _contoso.Skipped);
        Assert.Equal(0, _fabrikam.Skipped);
    }

    private static RecipientSet Read(string name)
    {
        using var stream = System.IO.File.OpenRead(Path.Combine(AppContext.BaseDirectory, "sample", name));
        return RecipientFileReader.Read(stream, FileText.Options(RecipientFileFormat.Ldif));
    }
}
