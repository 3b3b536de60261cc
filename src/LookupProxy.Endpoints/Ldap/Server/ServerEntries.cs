using System.Collections.Immutable;
using System.Reflection;
using LookupProxy.Endpoints.Ldap.Entries;
using LookupProxy.Endpoints.Ldap.Entries.Schema;
using LookupProxy.Ldap;
using LookupProxy.Ldap.Messages;
using LookupProxy.Ldap.Names;

namespace LookupProxy.Endpoints.Ldap.Server;

/// <summary>What the server tells of itself: the root DSE (RFC 4512 5.1), the subschema (4.2) and the suffix.</summary>
internal sealed class ServerEntries
{
    public const string SubschemaName = "cn=subschema";

    private static readonly DistinguishedName Subschema = Parse(SubschemaName);

    private readonly ServerEntry _rootDse;
    private readonly ServerEntry _rootDseWithCertificates;
    private readonly ServerEntry _subschema;
    private readonly ServerEntry _suffix;

    public ServerEntries(LdapOptions options, bool hasTls)
    {
        SuffixName = Parse(options.Suffix);
        var mayUseCertificates = hasTls && options.Accounts.Any(static account => account.CertificateSubject is not null);
        _rootDse = RootDse(options, hasTls, mayUseExternal: false);
        _rootDseWithCertificates = mayUseCertificates ? RootDse(options, hasTls, mayUseExternal: true) : _rootDse;
        var schema = new SchemaText(new EntryLayout(options.Suffix, options.Entries), options.Entries.Published?.Values.SelectMany(static names => names) ?? []);
        _subschema = new ServerEntry(
            SubschemaName,
            [ServerEntry.Attribute("objectClass", "top", "subentry", "subschema"), ServerEntry.Attribute("cn", "subschema")],
            [
                ServerEntry.Attribute("ldapSyntaxes", SchemaText.Syntaxes.AsSpan()),
                ServerEntry.Attribute("matchingRules", SchemaText.MatchingRules.AsSpan()),
                ServerEntry.Attribute("attributeTypes", schema.AttributeTypes.AsSpan()),
                ServerEntry.Attribute("objectClasses", schema.ObjectClasses.AsSpan()),
            ]);
        _suffix = Suffix(options.Suffix, SuffixName);
        NoSuchObject = OperationBytes.Of(new SearchResultDone(new LdapResult(ResultCode.NoSuchObject, options.Suffix)));
    }

    public DistinguishedName SuffixName { get; }

    /// <summary>Encoded. Of the way to a recipient's entry the suffix is there.</summary>
    public byte[] NoSuchObject { get; }

    /// <summary>The entry that a base search names, if it is one of the server's own.</summary>
    /// <param name="name">The base, parsed.</param>
    /// <param name="hasClientCertificate">Of the asking connection: SASL EXTERNAL can be used on it.</param>
    public ServerEntry? Find(DistinguishedName name, bool hasClientCertificate)
    {
        if (name.IsRoot)
            return hasClientCertificate ? _rootDseWithCertificates : _rootDse;
        if (name.Equals(SuffixName))
            return _suffix;
        return name.Equals(Subschema) ? _subschema : null;
    }

    private static ServerEntry RootDse(LdapOptions options, bool hasTls, bool mayUseExternal)
    {
        ImmutableArray<string> extensions = hasTls ? [Oids.StartTls, Oids.WhoAmI] : [Oids.WhoAmI];
        var operational = ImmutableArray.CreateBuilder<LdapAttribute>();
        operational.Add(ServerEntry.Attribute("namingContexts", options.Suffix));
        operational.Add(ServerEntry.Attribute("supportedLDAPVersion", "3"));
        operational.Add(ServerEntry.Attribute("supportedControl", [.. KnownControls.Supported]));
        operational.Add(ServerEntry.Attribute("supportedExtension", [.. extensions]));
        operational.Add(ServerEntry.Attribute("supportedFeatures", Oids.AllOperationalAttributes, Oids.AbsoluteFilters));
        if (mayUseExternal)
            operational.Add(ServerEntry.Attribute("supportedSASLMechanisms", "EXTERNAL"));
        operational.Add(ServerEntry.Attribute("subschemaSubentry", SubschemaName));
        operational.Add(ServerEntry.Attribute("vendorName", "LookupProxy"));
        operational.Add(ServerEntry.Attribute("vendorVersion", Version()));
        if (options.Flavour == LdapFlavour.ActiveDirectory)
        {
            operational.Add(ServerEntry.Attribute("defaultNamingContext", options.Suffix));
            operational.Add(ServerEntry.Attribute("rootDomainNamingContext", options.Suffix));
            operational.Add(ServerEntry.Attribute("dnsHostName", Environment.MachineName));
            operational.Add(ServerEntry.Attribute("supportedCapabilities", Oids.ActiveDirectory));
            operational.Add(ServerEntry.Attribute("isSynchronized", "TRUE"));
        }

        return new ServerEntry("", [ServerEntry.Attribute("objectClass", "top")], operational.DrainToImmutable());
    }

    private static ServerEntry Suffix(string text, DistinguishedName name)
    {
        var naming = name.Rdns[0].Attributes[0];
        var objectClass = naming.Type.ToLowerInvariant() switch
        {
            "o" => "organization",
            "ou" => "organizationalUnit",
            "dc" => "domain",
            _ => "container",
        };
        return new ServerEntry(
            text,
            [ServerEntry.Attribute("objectClass", "top", objectClass), ServerEntry.Attribute(naming.Type, naming.Value)],
            [ServerEntry.Attribute("subschemaSubentry", SubschemaName)]);
    }

    private static string Version() =>
        typeof(ServerEntries).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";

    private static DistinguishedName Parse(string text) =>
        DistinguishedName.TryParse(text, out var name) && !name.IsRoot ? name : throw new ArgumentException($"'{text}' is no distinguished name.", nameof(text));
}
