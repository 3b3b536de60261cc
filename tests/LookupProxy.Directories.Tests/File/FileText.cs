using System.Text;
using LookupProxy.Core.Addresses;
using LookupProxy.Core.Recipients;
using LookupProxy.Directories.File;
using LookupProxy.Directories.File.Reading;
using LookupProxy.Directories.File.Recipients;

namespace LookupProxy.Directories.Tests.File;

/// <summary>Recipient files given as text.</summary>
internal static class FileText
{
    public static FileDirectoryOptions Options(RecipientFileFormat format, string path = "people") => new() { Name = "test", Path = path, Format = format };

    public static RecipientSet Read(RecipientFileFormat format, string text) => Read(Options(format), text);

    /// <summary>Reads whole and one octet at a time, which must make no difference.</summary>
    public static RecipientSet Read(FileDirectoryOptions options, string text)
    {
        var octets = Encoding.UTF8.GetBytes(text);
        var trickled = RecipientFileReader.Read(new TrickleStream(octets), options);
        var whole = RecipientFileReader.Read(new MemoryStream(octets), options);
        Assert.Equal(whole.Count, trickled.Count);
        Assert.Equal(0, whole.CountMissingFrom(trickled));
        return whole;
    }

    public static string Fault(RecipientFileFormat format, string text) => Fault(Options(format), text);

    public static string Fault(FileDirectoryOptions options, string text) => Assert.Throws<RecipientFileException>(() => Read(options, text)).Message;

    public static Address Address(string text)
    {
        Assert.Equal(AddressFault.None, AddressParser.TryParse(text, AddressSyntax.Mailbox, out var address));
        return address!;
    }

    public static Recipient Find(this RecipientSet set, string address)
    {
        Assert.True(set.TryFind(Address(address), out var recipient), address);
        return recipient;
    }

    public static bool Has(this RecipientSet set, string address) => set.Contains(Address(address));
}
