using LookupProxy.Core.Listing;
using LookupProxy.Core.Recipients;
using LookupProxy.Directories.Ldap;
using LookupProxy.Directories.Ldap.Listing;
using LookupProxy.Ldap.Messages;
using LookupProxy.TestKit.Ldap;

namespace LookupProxy.Directories.Tests.Ldap.Listing;

/// <summary>uSNChanged and DirSync on a scripted domain controller.</summary>
public class ActiveDirectoryChangesTests
{
    [Theory]
    [InlineData(true, true, ChangesMethod.Auto, "dirsync", true)]
    [InlineData(true, false, ChangesMethod.Auto, "usn", false)]
    [InlineData(true, false, ChangesMethod.DirSync, "dirsync", false)]
    [InlineData(false, true, ChangesMethod.Auto, "usn", true)]
    [InlineData(false, false, ChangesMethod.DirSync, null, false)]
    [InlineData(true, true, ChangesMethod.None, null, false)]
    public async Task The_best_way_that_is_open_is_taken(bool offersDirSync, bool isPrivileged, ChangesMethod method, string? taken, bool tellsGone)
    {
        await using var forest = Forest(offersDirSync, isPrivileged);
        await using var directory = Connect(forest, method);

        var read = await directory.ReadAsync();

        Assert.True(read.IsFull());
        Assert.Equal(Enumerable.Range(0, 25).Select(i => Address($"u{i:D2}")), read.Addresses());
        Assert.Equal(taken, read.Mark()?.Method);
        Assert.Equal(tellsGone, read[^1].TellsGone);
    }

    [Fact]
    public async Task A_controller_that_has_not_caught_up_is_not_read()
    {
        await using var forest = Forest(offersDirSync: true, isPrivileged: true);
        await using var directory = Connect(forest, ChangesMethod.Auto);
        forest.IsBehind = true;
        Assert.Equal(UnknownReason.Distrusted, (await Assert.ThrowsAsync<ListingException>(() => directory.ReadAsync())).Reason);

        forest.IsBehind = false;
        Assert.Equal(25, (await directory.ReadAsync()).Addresses().Count());
    }

    [Theory]
    [InlineData(true, true, ChangesMethod.DirSync)]
    [InlineData(true, false, ChangesMethod.DirSync)]
    [InlineData(false, true, ChangesMethod.Usn)]
    [InlineData(false, false, ChangesMethod.Usn)]
    public async Task What_has_changed_is_told(bool offersDirSync, bool isPrivileged, ChangesMethod method)
    {
        await using var forest = Forest(offersDirSync, isPrivileged);
        await using var directory = Connect(forest, method);
        var before = await directory.ReadAsync();

        forest.Add("CN=new", "new");
        forest.Put("CN=1", ("mail", "first@shared.example"));
        forest.Put("CN=2", ("description", "has left"));
        forest.Delete("CN=3");
        var changes = await directory.ReadAsync(before.Mark());

        Assert.False(changes.IsFull());
        Assert.Equal([Address("first"), Address("new")], changes.Addresses());
        Assert.Equal(isPrivileged ? Ids("CN=2", "CN=3") : Ids("CN=2"), changes.Gone());
        Assert.Equal(isPrivileged, changes[^1].TellsGone);

        var nothing = await directory.ReadAsync(changes.Mark());
        Assert.False(nothing.IsFull());
        Assert.Empty(nothing.Addresses());
        Assert.Empty(nothing.Gone());
        Assert.NotNull(nothing.Mark());
    }

    [Theory]
    [InlineData("restored")]
    [InlineData("rolled back")]
    [InlineData("another filter")]
    [InlineData("too many changes")]
    [InlineData("a mark of nobody")]
    [InlineData("half a mark")]
    public async Task A_mark_that_does_not_fit_leads_to_a_full_reading(string why)
    {
        await using var forest = Forest(offersDirSync: false, isPrivileged: true);
        await using var directory = Connect(forest, ChangesMethod.Usn, maxChanges: 10);
        var mark = (await directory.ReadAsync()).Mark()!;

        var asked = directory;
        switch (why)
        {
            case "restored":
                forest.Restore(100_000);
                break;
            case "rolled back":
                forest.Server.Entries.Remove($"CN=24,{Directory.Base}");
                forest.RollBack();
                break;
            case "another filter":
                asked = Connect(forest, ChangesMethod.Usn, filter: "(mail=u*)");
                break;
            case "too many changes":
                for (var i = 0; i < 11; i++)
                    forest.Add($"CN={i}", $"u{i:D2}");
                break;
            case "a mark of nobody":
                mark = new ListingMark("usn", "some other text altogether"u8.ToArray());
                break;
            case "half a mark":
                mark = mark with { Value = mark.Value[..^4] };
                break;
        }

        var read = await asked.ReadAsync(mark);

        Assert.True(read.IsFull());
        Assert.Equal(why == "rolled back" ? 24 : 25, read.Addresses().Count());
        Assert.Equal("usn", read.Mark()!.Method);
    }

    [Theory]
    [InlineData(ResultCode.UnwillingToPerform)]
    [InlineData(ResultCode.ProtocolError)]
    [InlineData(ResultCode.InsufficientAccessRights)]
    public async Task A_DirSync_cookie_that_is_refused_leads_to_a_full_reading(ResultCode code)
    {
        await using var forest = Forest(offersDirSync: true, isPrivileged: true);
        await using var directory = Connect(forest, ChangesMethod.Auto);
        var mark = (await directory.ReadAsync()).Mark();
        forest.OnDirSync = LdapScripts.Result(code);

        Assert.True((await directory.ReadAsync(mark)).IsFull());
    }

    [Fact]
    public async Task DirSync_is_asked_for_changes_of_all_that_the_filter_is_about()
    {
        await using var forest = Forest(offersDirSync: true, isPrivileged: true);
        await using var directory = Connect(forest, ChangesMethod.DirSync, filter: "(&(mail=*)(!(employeeType=left)))");
        var mark = (await directory.ReadAsync()).Mark();
        string[] asked = [];
        forest.OnDirSync = exchange =>
        {
            asked = [.. exchange.Search.Attributes];
            return LdapScripts.Result(ResultCode.Busy)(exchange);
        };

        await directory.FailAsync(UnknownReason.Busy, mark);

        Assert.Contains("employeeType", asked);
    }

    [Fact]
    public async Task A_busy_server_is_no_reason_to_read_everything()
    {
        await using var forest = Forest(offersDirSync: true, isPrivileged: true);
        await using var directory = Connect(forest, ChangesMethod.Auto);
        var mark = (await directory.ReadAsync()).Mark();
        forest.OnDirSync = LdapScripts.Result(ResultCode.Busy);

        await directory.FailAsync(UnknownReason.Busy, mark);

        forest.OnDirSync = null;
        Assert.False((await directory.ReadAsync(mark)).IsFull());
    }

    [Fact]
    public async Task A_page_that_is_refused_is_no_fault_of_the_way_that_changes_are_told()
    {
        await using var forest = Forest(offersDirSync: false, isPrivileged: true);
        await using var directory = Connect(forest, ChangesMethod.Auto);
        forest.Paged.Instead(3, LdapScripts.Result(ResultCode.SizeLimitExceeded));

        await directory.FailAsync(UnknownReason.SizeLimit);
        Assert.Equal("usn", (await directory.ReadAsync()).Mark()!.Method);
    }

    [Fact]
    public async Task A_mark_of_one_domain_controller_is_taken_to_it_again()
    {
        await using var first = Forest(offersDirSync: false, isPrivileged: true);
        await using var second = Forest(offersDirSync: false, isPrivileged: true);
        await using var directory = new LdapListingOptions { Changes = ChangesMethod.Usn }.ConnectTo("active-directory", first.Server, second.Server);
        var mark = (await directory.ReadAsync()).Mark();
        first.Server.StopListening();
        first.Server.DropConnections();
        var elsewhere = await directory.ReadAsync(mark);
        Assert.True(elsewhere.IsFull());

        first.Server.Start();
        Assert.False((await directory.ReadAsync(mark)).IsFull());
        Assert.False((await directory.ReadAsync(elsewhere.Mark())).IsFull());
    }

    private static ScriptedForest Forest(bool offersDirSync, bool isPrivileged)
    {
        var forest = new ScriptedForest { OffersDirSync = offersDirSync, IsPrivileged = isPrivileged };
        for (var i = 0; i < 25; i++)
            forest.Add($"CN={i}", $"u{i:D2}");
        forest.Server.Start();
        return forest;
    }

    private static LdapDirectory Connect(ScriptedForest forest, ChangesMethod method, int maxChanges = 1000, string? filter = null) =>
        new LdapListingOptions { Changes = method, PageSize = 10, MaxChanges = maxChanges, Filter = filter }.ConnectTo("active-directory", forest.Server);

    private static string Address(string name) => $"{name}@shared.example";

    private static IEnumerable<string> Ids(params IEnumerable<string> rdns) => rdns.Select(rdn => ScriptedForest.IdOf(rdn).ToString("D")).Order(StringComparer.Ordinal);
}
