namespace LookupProxy.Endpoints.Ldap.Server;

/// <summary>What the client of one connection may ask, as whom it is bound: the one place where that is decided.</summary>
/// <param name="Account">Null for nobody.</param>
/// <param name="View">The namespaces it sees; null for the default ones.</param>
/// <param name="MaySearch">Whether it may ask for recipients.</param>
internal sealed record ClientRights(string? Account, string? View, bool MaySearch)
{
    public bool IsBound => Account is not null;

    /// <summary>RFC 4513 3: of a connection before any bind, and after one that failed or named nobody.</summary>
    public static ClientRights OfNobody(LdapOptions options) => new(null, options.View, options.Anonymous);

    public static ClientRights Of(LdapAccountOptions account, LdapOptions options) => new(account.Name, account.View ?? options.View, MaySearch: true);
}
