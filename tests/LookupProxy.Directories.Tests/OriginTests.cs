using LookupProxy.Core.Directories;
using LookupProxy.Directories.File;
using LookupProxy.Directories.Ldap;
using LookupProxy.Directories.Tests.File;
using LookupProxy.Directories.Tests.Ldap;
using LookupProxy.Ldap.Client;
using LookupProxy.TestKit.Ldap;
using LookupProxy.TestKit.Time;
using Microsoft.Extensions.Logging.Abstractions;
using OneServer = LookupProxy.Directories.Tests.Ldap.Directory;

namespace LookupProxy.Directories.Tests;

/// <summary>Which changes of a directory make its answers from before answers to another question.</summary>
public sealed class OriginTests
{
    private static readonly LdapDirectoryOptions Contoso = OneServer.Options(OneServer.Schema("active-directory"));

    private static readonly LdapServerOptions Server = Contoso.Servers[0];

    public static TheoryData<LdapDirectoryOptions> Other { get; } =
    [
        Contoso with { BaseDns = ["ou=people,dc=contoso,dc=example"] },
        Contoso with { BaseDns = [.. Contoso.BaseDns, "dc=other,dc=example"] },
        Contoso with { Schema = Contoso.Schema with { Filter = "(mail={address})" } },
        Contoso with { Schema = Contoso.Schema with { PrimaryAddressAttribute = "mail" } },
        Contoso with { Schema = Contoso.Schema with { DisabledExists = !Contoso.Schema.DisabledExists } },
        Contoso with { References = ReferencesPolicy.Ignore },
        Contoso with { PublishedAttributes = ["mail", "proxyAddresses", "memberOf"] },
        Contoso with { PublishedAttributes = ["mail"] },
        Contoso with { Servers = [Server with { Bind = new LdapBindOptions { Method = LdapBindMethod.Simple, Name = "cn=reader" } }] },
    ];

    [Theory]
    [MemberData(nameof(Other))]
    public void What_is_asked_as_whom_and_how_it_is_read_counts(LdapDirectoryOptions other) => Assert.NotEqual(Of(Contoso), Of(other));

    [Fact]
    public void A_replica_more_and_how_patiently_it_is_asked_count_not() =>
        Assert.Equal(Of(Contoso), Of(Contoso with { Servers = [Server with { ConnectTimeout = TimeSpan.FromSeconds(9) }, Server with { Uri = new("ldaps://dc2.contoso.example") }] }));

    [Fact]
    public async Task Of_a_file_which_it_is_and_how_it_is_read_counts()
    {
        using var folder = new TemporaryFolder();
        var options = FileText.Options(RecipientFileFormat.Ldif, folder.Write("people.ldif", ""));
        FileDirectoryOptions[] others =
        [
            options with { Path = folder["others.ldif"] },
            options with { Format = RecipientFileFormat.List },
            options with { CaseSensitive = true },
            options with { DisabledExists = false },
            options with { AddressAttributes = ["mail"] },
            options with { PublishedAttributes = [] },
        ];
        var origins = new List<string>();
        foreach (var one in others.Prepend(options).Append(options with { PollEvery = TimeSpan.FromSeconds(9), MaxShrink = 1 }))
        {
            await using var directory = FileDirectory.Open(one, NullLogger.Instance, new ManualTimeProvider());
            origins.Add(directory.Origin);
        }

        Assert.Equal(others.Length + 1, origins.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(origins[0], origins[^1]);
    }

    private static string Of(LdapDirectoryOptions options)
    {
        IDirectory directory = LdapDirectory.Create(options, static _ => new FakeSearcher(new ScriptedEntries()));
        return directory.Origin;
    }
}
