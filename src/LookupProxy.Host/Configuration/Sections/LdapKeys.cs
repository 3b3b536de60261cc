using System.Collections.Immutable;
using LookupProxy.Directories.Ldap;
using LookupProxy.Host.Configuration.Values;
using LookupProxy.Ldap.Client;
using LookupProxy.Ldap.Names;

namespace LookupProxy.Host.Configuration.Sections;

/// <summary>The keys of a directory of type ldap.</summary>
internal static class LdapKeys
{
    private static readonly LdapServerOptions ServerDefaults = new() { Uri = new Uri("ldap://localhost") };
    private static readonly LdapDirectoryOptions Defaults = new() { Name = "", Servers = [], BaseDns = [], Schema = LdapSchemas.All[0] };

    /// <summary>The most lenient one, for what else is wrong.</summary>
    private static readonly LdapSchema Unsaid = LdapSchemas.All[0] with { Name = "" };

    private static readonly Setting<LdapSchema> Schema = Setting.Required(
        "schema", new Choices<LdapSchema>([.. LdapSchemas.All.Select(static schema => (schema.Name, schema))]), Unsaid);

    private static readonly Setting<ImmutableArray<Located<Uri>>> Servers = Setting.Required("servers", new Lists<Uri>(LdapUris.Any), []);

    // A DN holds commas, so an environment variable gives one, or one for each element.
    private static readonly Setting<ImmutableArray<Located<string>>> BaseDn = Setting.Required(
        "baseDn", new Lists<string>(new Texts("a DN", LdapOptionsCheck.BaseDnFault), separator: null), []);

    private static readonly Setting<string?> Filter = Setting.Maybe(
        "filter", new Texts("an RFC 4515 filter with {address}, {local} or {domain}", LdapOptionsCheck.FilterFault), "the schema's");

    private static readonly Setting<string?> ListFilter = Setting.Maybe(
        "listFilter", new Texts("an RFC 4515 filter", LdapOptionsCheck.ListFilterFault), "the filter with presence in place of every value that has a placeholder");

    private static readonly Setting<string?> PrimaryAddress = Setting.Maybe("primaryAddress", new Texts("an attribute's name", LdapOptionsCheck.AttributeFault), "the schema's");
    private static readonly Setting<LdapTlsOptions> Tls = Setting.Optional("tls", new ClientTlsSection(), ServerDefaults.Tls);

    private static readonly Setting<ReferencesPolicy> References = Setting.Optional(
        "references", new Choices<ReferencesPolicy>(("unknown", ReferencesPolicy.Unknown), ("ignore", ReferencesPolicy.Ignore)), Defaults.References);

    private static readonly Setting<UnsynchronizedPolicy> Unsynchronized = Setting.Optional(
        "unsynchronized", new Choices<UnsynchronizedPolicy>(("unknown", UnsynchronizedPolicy.Unknown), ("ignore", UnsynchronizedPolicy.Ignore)), Defaults.Unsynchronized);

    private static readonly Setting<int> Connections = Setting.Optional("connections", new Integers(1, 64), ServerDefaults.Connections);

    private static readonly Setting<int> AddressesPerSearch = Setting.Optional("addressesPerSearch", new Integers(1, 64), Defaults.AddressesPerSearch);

    private static readonly Setting<TimeSpan> ConnectTimeout = Setting.Optional(
        "connectTimeout", new Durations(TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(1)), ServerDefaults.ConnectTimeout);

    private static readonly Setting<TimeSpan> KeepAlive = Setting.Optional(
        "keepAlive", new Durations(TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)), ServerDefaults.KeepAlive);

    private static readonly Setting<TimeSpan> MaxAge = Setting.Optional(
        "maxAge", new Durations(TimeSpan.FromSeconds(10), TimeSpan.FromDays(7)), ServerDefaults.MaxAge);

    private static readonly Setting<TimeSpan> RefusedBindBackoff = Setting.Optional(
        "refusedBindBackoff", new Durations(TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)), ServerDefaults.RefusedBindBackoff);

    public static IReadOnlyList<Setting> All { get; } =
    [
        Schema, Servers, BaseDn, Filter, ListFilter, PrimaryAddress, .. LdapBindKeys.All, Tls, References, Unsynchronized,
        AddressesPerSearch, Connections, ConnectTimeout, KeepAlive, MaxAge, RefusedBindBackoff,
    ];

    public static LdapDirectoryOptions Read(Section section)
    {
        var tls = section.Get(Tls);
        var schema = section.Get(Schema);
        var bind = LdapBindKeys.Read(section, tls, takesOnlyDns: !schema.IsActiveDirectory);
        var servers = section.Get(Servers);
        var baseDns = section.Get(BaseDn);
        LdapWireCheck.Check(servers, tls, bind, section.Scope.Context.Faults);
        if (schema.IsActiveDirectory && schema != Unsaid)
            CheckForest(section, servers, baseDns, bind);
        if (!schema.IsActiveDirectory && section.Has(Unsynchronized))
            section.At(Unsynchronized).Warning("has no effect: only Active Directory's domain controllers say whether they have caught up");
        return new LdapDirectoryOptions
        {
            Name = section.Name,
            Servers = [.. servers.Select(server => ServerDefaults with
            {
                Uri = server.Value,
                Tls = tls,
                Bind = bind,
                ConnectTimeout = section.Get(ConnectTimeout),
                Connections = section.Get(Connections),
                KeepAlive = section.Get(KeepAlive),
                MaxAge = section.Get(MaxAge),
                RefusedBindBackoff = section.Get(RefusedBindBackoff),
            })],
            BaseDns = RecipientKeys.Plain(baseDns),
            Schema = schema with
            {
                Filter = section.Get(Filter) ?? schema.Filter,
                PrimaryAddressAttribute = section.Get(PrimaryAddress) ?? schema.PrimaryAddressAttribute,
                DisabledExists = section.Get(RecipientKeys.Disabled) ?? schema.DisabledExists,
            },
            References = section.Get(References),
            Unsynchronized = section.Get(Unsynchronized),
            AddressesPerSearch = section.Get(AddressesPerSearch),
            PublishedAttributes = RecipientKeys.Published(section),
            Listing = Defaults.Listing with { Filter = section.Get(ListFilter) },
        };
    }

    /// <summary>What Active Directory answers to no question.</summary>
    private static void CheckForest(Section section, ImmutableArray<Located<Uri>> servers, ImmutableArray<Located<string>> baseDns, LdapBindOptions bind)
    {
        if (bind.Method == LdapBindMethod.Anonymous)
            section.Scope.Warning("Active Directory answers no search before a bind; give bindDn and passwordFile");
        if (baseDns.Any(static baseDn => baseDn.Value.Length == 0) && servers.Any(static server => !LdapUrl.IsCatalog(server.Value)))
            section.At(BaseDn).Warning("only a global catalog (port 3268 or 3269) can be searched below the empty base");
    }
}
