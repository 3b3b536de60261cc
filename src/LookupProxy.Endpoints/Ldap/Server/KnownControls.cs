using System.Collections.Frozen;
using System.Collections.Immutable;
using LookupProxy.Ldap;
using LookupProxy.Ldap.Controls;

namespace LookupProxy.Endpoints.Ldap.Server;

/// <summary>Controls that a search may carry as critical. All others are ignored, or refused when critical (RFC 4511 4.1.11).</summary>
internal static class KnownControls
{
    /// <summary>MS-ADTS LDAP_SERVER_SEARCH_OPTIONS_OID: how far a search reaches; here there is one place.</summary>
    private const string SearchOptions = "1.2.840.113556.1.4.1340";

    /// <summary>MS-ADTS LDAP_SERVER_SHOW_RECYCLED_OID: as ShowDeleted.</summary>
    private const string ShowRecycled = "1.2.840.113556.1.4.2064";

    /// <summary>MS-ADTS LDAP_SERVER_SD_FLAGS_OID: parts of security descriptors, which no entry here has.</summary>
    private const string SdFlags = "1.2.840.113556.1.4.801";

    private static readonly FrozenSet<string> ForSearches = Supported.ToFrozenSet(StringComparer.Ordinal);

    public static ImmutableArray<string> Supported =>
        [Oids.PagedResults, Oids.ManageDsaIt, Oids.DomainScope, Oids.ShowDeleted, ShowRecycled, SearchOptions, SdFlags];

    /// <summary>The first control that a search may not carry; null when it may carry all that it has.</summary>
    public static string? RefusedOfSearch(ImmutableArray<LdapControl> controls)
    {
        foreach (var control in controls)
        {
            if (control.Critical && !ForSearches.Contains(control.Oid))
                return control.Oid;
        }

        return null;
    }

    /// <summary>ManageDsaIT means nothing to other operations here, and does no harm.</summary>
    public static bool AllowOther(ImmutableArray<LdapControl> controls)
    {
        foreach (var control in controls)
        {
            if (control.Critical && control.Oid != Oids.ManageDsaIt)
                return false;
        }

        return true;
    }
}
