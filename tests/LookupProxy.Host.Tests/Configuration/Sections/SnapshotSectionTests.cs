using LookupProxy.Directories.Ldap.Listing;
using LookupProxy.Host.Configuration.Model;
using LookupProxy.Resolution.Model;

namespace LookupProxy.Host.Tests.Configuration.Sections;

public sealed class SnapshotSectionTests : IDisposable
{
    private readonly ConfigurationText _text = new();

    public void Dispose() => _text.Dispose();

    [Fact]
    public void Without_the_section_no_copy_is_kept() => Assert.Empty(_text.Valid(Directory("")).Resolver.Snapshots);

    [Fact]
    public void An_empty_section_takes_the_defaults()
    {
        var settings = _text.Valid(Directory("snapshot: {}")).Resolver.Snapshots["contoso"];
        Assert.Equal(SnapshotMode.Fallback, settings.Mode);
        Assert.Equal(TimeSpan.FromMinutes(15), settings.Every);
        Assert.Equal(TimeSpan.FromDays(7), settings.MaxAge);
        Assert.False(settings.IsHashed);
        Assert.Null(settings.Path);
        Assert.Equal(["mail", "proxyAddresses"], settings.PublishedAttributes);
        Assert.Contains("dc=contoso", settings.Origin, StringComparison.Ordinal);
    }

    [Fact]
    public void It_lies_in_the_services_state_directory_unless_a_path_is_given()
    {
        _text.Environment["STATE_DIRECTORY"] = "/var/lib/lookupproxy:/var/lib/other";
        Assert.Equal("/var/lib/lookupproxy/contoso.snapshot", _text.Valid(Directory("snapshot: {}")).Resolver.Snapshots["contoso"].Path);
        Assert.Equal(Path.Combine(_text.Folder, "copy"), _text.Valid(Directory("snapshot: { path: copy }")).Resolver.Snapshots["contoso"].Path);
    }

    [Theory]
    [InlineData("disabled: absent")]
    [InlineData("attributes: [mail]")]
    [InlineData("listFilter: (mail=*)")]
    [InlineData("filter: '(mail={address})'")]
    public void Of_another_question_it_is_another_copy(string change) => Assert.NotEqual(OriginOf(""), OriginOf($", {change}"));

    [Fact]
    public void All_that_can_be_said_is_read()
    {
        var settings = _text.Valid(Directory("snapshot: { mode: primary, every: 1m, fullEvery: 1h, maxAge: 2h, maxShrink: 5%, privacy: hashed, maxAttributes: 0B }"))
            .Resolver.Snapshots["contoso"];
        Assert.Equal(
            (SnapshotMode.Primary, TimeSpan.FromMinutes(1), TimeSpan.FromHours(1), TimeSpan.FromHours(2), 0.05, true, 0),
            (settings.Mode, settings.Every, settings.FullEvery, settings.MaxAge, settings.MaxShrink, settings.IsHashed, settings.MaxAttributes));
    }

    [Theory]
    [InlineData("snapshot: {}", ChangesMethod.Auto, null)]
    [InlineData("snapshot: { changes: modifyTimestamp }", ChangesMethod.ModifyTimestamp, null)]
    [InlineData("snapshot: { changes: none }, listFilter: (mail=*)", ChangesMethod.None, "(mail=*)")]
    public void How_recipients_and_changes_are_asked_for_is_the_directorys(string snapshot, ChangesMethod changes, string? filter)
    {
        var listing = _text.Valid(Directory(snapshot)).Directories.OfType<DirectorySettings.Ldap>().Single().Options.Listing;
        Assert.Equal((changes, filter), (listing.Changes, listing.Filter));
    }

    [Theory]
    [InlineData("snapshot: { changes: cookies }", "snapshot.changes: error: no such choice")]
    [InlineData("snapshot: {}, listFilter: (mail=*", "listFilter: error")]
    [InlineData("snapshot: { every: 2h, fullEvery: 1h }", "snapshot.fullEvery: error: shorter than every (2h)")]
    [InlineData("snapshot: { maxAge: 15m }", "snapshot.maxAge: error: not longer than every (15m)")]
    [InlineData("snapshot: { maxAge: 12h }", "snapshot.maxAge: warning: not longer than fullEvery (1d)")]
    [InlineData("snapshot: { privacy: hash }", "snapshot.privacy: error: no such choice")]
    [InlineData("snapshot: { mode: secondary }", "snapshot.mode: error: no such choice")]
    public void What_cannot_be_meant_is_told(string snapshot, string fault) =>
        Assert.Contains(_text.Faults(Directory(snapshot)), line => Tells(line, fault));

    [Fact]
    public void Each_fault_is_told_once() => Assert.Single(_text.Faults(Directory("snapshot: { every: 2h, fullEvery: 1h }")));

    [Fact]
    public void A_file_needs_no_copy_and_the_fault_says_why() =>
        Assert.Contains(_text.Faults(ConfigurationText.Minimal.Replace("format: list", "format: list, snapshot: {}", StringComparison.Ordinal)), static line =>
            line.Contains("snapshot", StringComparison.Ordinal) && line.Contains("only for type ldap; leave it out: a file needs no copy", StringComparison.Ordinal));

    /// <summary>Path, severity and words, in whatever order a fault is written.</summary>
    private static bool Tells(string line, string fault) => fault.Split(": ").All(part => line.Contains(part, StringComparison.Ordinal));

    private static string Directory(string snapshot) => $$"""
        directories:
          contoso: { type: ldap, schema: openldap, servers: "ldap://127.0.0.1:1", baseDn: "dc=contoso", {{snapshot}} }
        namespaces:
          shared: { domains: [corp.example], directories: [contoso] }
        endpoints:
          http: { listen: "127.0.0.1:10080" }

        """;

    private string OriginOf(string more) => _text.Valid(Directory("snapshot: {}" + more)).Resolver.Snapshots["contoso"].Origin;
}
