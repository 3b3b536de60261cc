using LookupProxy.Core.Listing;
using LookupProxy.Core.Recipients;
using LookupProxy.Directories.File;
using LookupProxy.Directories.Tests.File.Watching;
using LookupProxy.Directories.Tests.Ldap.Listing;

namespace LookupProxy.Directories.Tests.File;

public class FileListingTests
{
    [Fact]
    public async Task All_recipients_of_the_file_are_listed()
    {
        using var file = new WatchedFile();
        file.WritePeople(2345);
        file.Settle();

        var batches = await file.ListAsync();

        Assert.True(batches.IsFull());
        Assert.Equal(Enumerable.Range(0, 2345).Select(i => $"p{i}@x").Order(StringComparer.Ordinal), batches.Addresses());
        Assert.All(batches, batch => Assert.InRange(batch.Recipients.Length, 0, 1000));
        Assert.Null(batches.Mark());
        Assert.Equal(2345, batches[0].Expected);
    }

    [Fact]
    public async Task A_recipient_has_all_its_addresses_and_what_the_file_says_of_it()
    {
        using var file = new WatchedFile(options => options with { Format = RecipientFileFormat.Ldif });
        file.Write("dn: cn=all,dc=x\nobjectClass: group\nmail: all@x.example\nproxyAddresses: smtp:everybody@x.example\nproxyAddresses: smtp:@y.example\n\n");
        file.Settle();

        var recipient = Assert.Single((await file.ListAsync()).SelectMany(batch => batch.Recipients));

        Assert.Equal(["all@x.example", "everybody@x.example"], recipient.Addresses.Select(address => address.Text));
        Assert.Equal(["y.example"], recipient.Domains);
        Assert.Equal(RecipientKind.Group, recipient.Recipient.Kind);
        Assert.Equal("cn=all,dc=x", recipient.Recipient.DistinguishedName);
    }

    [Fact]
    public async Task A_file_whose_content_is_in_doubt_is_not_listed()
    {
        using var file = new WatchedFile(options => options with { MaxShrink = 1 });
        file.WritePeople(10);
        file.Settle();
        Assert.Equal(10, (await file.ListAsync()).Addresses().Count());

        file.WritePeople(9);
        file.Settle();
        await MustFailAsync(file);
        file.Pass(file.Options.ConfirmRemovalsFor);
        Assert.Equal(9, (await file.ListAsync()).Addresses().Count());

        System.IO.File.Delete(file.Path);
        file.Settle();
        await MustFailAsync(file);
    }

    private static async Task MustFailAsync(WatchedFile file) =>
        Assert.Equal(UnknownReason.NotReady, (await Assert.ThrowsAsync<ListingException>(file.ListAsync)).Reason);
}
