using LookupProxy.Directories.Ldap;
using LookupProxy.Directories.Ldap.Listing;
using LookupProxy.Ldap.Client;
using LookupProxy.SystemTests.Certificates;
using LookupProxy.SystemTests.Processes;
using LookupProxy.SystemTests.Samba;
using Microsoft.Extensions.Logging.Abstractions;

namespace LookupProxy.SystemTests.Listing;

/// <summary>An Active Directory forest with an organisational unit for each test, and directories that list it.</summary>
public sealed class SambaListing : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new("listing");
    private string _authority = "";

    internal SambaForest Forest { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Forest = await SambaForest.StartAsync("contoso");
        // So that there is a tombstone to be seen, or not.
        await AddUnitAsync("Gone", "gone");
        await Forest.ChangeAsync($"dn: CN=gone,{Unit("Gone")}\nchangetype: delete\n");
        _authority = _folder.Write("ca.pem", TestAuthority.Trusted.Issue(Forest.Address, "dc1.contoso.local").Authority);
    }

    public async ValueTask DisposeAsync()
    {
        if (Forest is not null)
            await Forest.DisposeAsync();
        _folder.Dispose();
    }

    internal string Unit(string name) => $"OU={name},{Forest.BaseDn}";

    internal ILdapClient Client() => LdapClient.Create(Server(asAdministrator: false), NullLogger.Instance, TimeProvider.System);

    internal LdapDirectory Directory(ChangesMethod changes, bool asAdministrator, string baseDn, int pageSize = 1000) => LdapDirectory.Create(
        new LdapDirectoryOptions
        {
            Name = "contoso",
            Servers = [Server(asAdministrator)],
            BaseDns = [baseDn],
            Schema = LdapSchemas.TryGet("active-directory", out var schema) ? schema : throw new InvalidOperationException(),
            Listing = new LdapListingOptions { Changes = changes, PageSize = pageSize },
        },
        server => LdapClient.Create(server, NullLogger.Instance, TimeProvider.System));

    private LdapServerOptions Server(bool asAdministrator) => new()
    {
        Uri = new Uri($"ldaps://{Forest.Address}"),
        ConnectTimeout = TimeSpan.FromSeconds(30),
        Tls = new LdapTlsOptions { CaFile = _authority },
        Bind = new LdapBindOptions
        {
            Method = LdapBindMethod.Simple,
            Name = asAdministrator ? "Administrator@contoso.local" : Forest.ServiceName,
            ReadPassword = () => asAdministrator ? SambaForest.AdministratorPassword : SambaForest.ServicePassword,
        },
    };

    /// <summary>A unit with contacts: name@corp.example, and name.alias@corp.example.</summary>
    internal Task AddUnitAsync(string unit, params IEnumerable<string> contacts) =>
        Forest.ChangeAsync($"dn: {Unit(unit)}\nobjectClass: organizationalUnit\n\n" + string.Concat(contacts.Select(name => Contact(unit, name))));

    internal string Contact(string unit, string name) =>
        $"""
        dn: CN={name},{Unit(unit)}
        changetype: add
        objectClass: contact
        mail: {name}@corp.example
        proxyAddresses: SMTP:{name}@corp.example
        proxyAddresses: smtp:{name}.alias@corp.example


        """;
}
