using LookupProxy.Directories.Ldap;
using LookupProxy.Directories.Ldap.Listing;
using LookupProxy.Ldap.Client;
using LookupProxy.SystemTests.Slapd;
using Microsoft.Extensions.Logging.Abstractions;

namespace LookupProxy.SystemTests.Listing;

/// <summary>slapd with some people, and a directory that lists them.</summary>
internal static class SlapdListing
{
    public const string Suffix = "dc=contoso,dc=example";

    /// <summary>What an account needs to synchronise more than 500 entries, and slapd to tell changes at all.</summary>
    public const string SyncProvider = "limits * size=unlimited\noverlay syncprov";

    public static Task<OpenLdap> StartAsync(int people, string databaseSettings, string more = "") => OpenLdap.StartAsync(new SlapdOptions
    {
        Suffix = Suffix,
        Ldif = People.LdifWithUnit(Suffix, Enumerable.Range(0, people).Select(Address)) + more,
        GlobalSettings = "moduleload syncprov",
        DatabaseSettings = databaseSettings,
    });

    public static string Address(int person) => $"u{person:D5}@corp.example";

    public static string Dn(int person) => $"uid=u{person:D5},{People.BaseDn(Suffix)}";

    public static LdapDirectory Directory(this OpenLdap slapd, ChangesMethod changes = ChangesMethod.Auto, params string[] baseDns) => LdapDirectory.Create(
        new LdapDirectoryOptions
        {
            Name = "contoso",
            Servers = [new LdapServerOptions
            {
                Uri = new Uri(slapd.Url),
                ConnectTimeout = TimeSpan.FromSeconds(20),
                Bind = new LdapBindOptions { Method = LdapBindMethod.Simple, Name = slapd.ServiceDn, ReadPassword = () => OpenLdap.ServicePassword },
            }],
            BaseDns = [.. baseDns.DefaultIfEmpty(Suffix)],
            Schema = LdapSchemas.TryGet("openldap", out var schema) ? schema : throw new InvalidOperationException(),
            Listing = new LdapListingOptions { Changes = changes },
        },
        server => LdapClient.Create(server, NullLogger.Instance, TimeProvider.System));
}
