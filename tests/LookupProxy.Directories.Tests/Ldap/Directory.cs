using LookupProxy.Core.Addresses;
using LookupProxy.Core.Directories;
using LookupProxy.Core.Recipients;
using LookupProxy.Directories.Ldap;
using LookupProxy.Ldap.Client;
using LookupProxy.TestKit.Ldap;

namespace LookupProxy.Directories.Tests.Ldap;

/// <summary>Directories of one server for tests.</summary>
internal static class Directory
{
    public const string Base = "dc=contoso,dc=example";

    public static LdapSchema Schema(string name) => LdapSchemas.TryGet(name, out var schema) ? schema : throw new ArgumentException(name, nameof(name));

    public static LdapDirectoryOptions Options(LdapSchema schema, params string[] baseDns) => new()
    {
        Name = "contoso",
        Servers = [new LdapServerOptions { Uri = new("ldaps://dc1.contoso.example") }],
        BaseDns = [.. baseDns.DefaultIfEmpty(Base)],
        Schema = schema,
    };

    public static IDirectoryServer Server(LdapSchema schema, ILdapClient searcher, params string[] baseDns) => Server(Options(schema, baseDns), searcher);

    public static IDirectoryServer Server(LdapDirectoryOptions options, ILdapClient searcher) => LdapDirectory.Create(options, _ => searcher).Servers[0];

    public static Address Address(string text)
    {
        Assert.Equal(AddressFault.None, AddressParser.TryParse(text, AddressSyntax.Mailbox, out var address));
        return address!;
    }

    public static async Task<Answer> AskAsync(this IDirectoryServer server, string address) => await server.AskAsync(Address(address), TestContext.Current.CancellationToken);

    public static ScriptedEntries Entries(string dn, params (string Name, string Value)[] attributes)
    {
        var entries = new ScriptedEntries();
        entries.Add(ScriptedEntry.Create(dn, attributes));
        return entries;
    }
}
