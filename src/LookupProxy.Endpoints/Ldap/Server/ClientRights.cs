using System.Net;
using LookupProxy.Endpoints.Ldap.Firewall;
using LookupProxy.Endpoints.Ldap.Users;

namespace LookupProxy.Endpoints.Ldap.Server;

/// <summary>What the client of one connection may ask, as whom it is bound.</summary>
/// <param name="Account">Null for nobody.</param>
/// <param name="View">The namespaces it sees; null for the default ones.</param>
/// <param name="MaySearch">Whether it may ask for recipients.</param>
/// <param name="Permit">What the rules allow it, beyond that.</param>
internal sealed record ClientRights(string? Account, string? View, bool MaySearch, Permit Permit)
{
    /// <summary>Set when an end user is bound: the account is then the name of the own entry.</summary>
    public EndUser? User { get; init; }

    public bool IsBound => Account is not null;

    /// <summary>As the rules and the log call it.</summary>
    public string Who => User is not null ? LdapRule.Users : Account ?? LdapRule.Anonymous;

    /// <summary>RFC 4513 3: of a connection before any bind, and after one that failed or named nobody.</summary>
    public static ClientRights OfNobody(LdapServices services, EndPoint? client) =>
        new(null, services.Options.View, services.Options.Anonymous, services.Rules.For(client, LdapRule.Anonymous));

    public static ClientRights Of(LdapAccountOptions account, LdapServices services, EndPoint? client) =>
        new(account.Name, account.View ?? services.Options.View, MaySearch: true, services.Rules.For(client, account.Name));

    public static ClientRights Of(EndUser user, LdapServices services, EndPoint? client) =>
        new(user.Name, services.Options.View, MaySearch: true, services.Rules.For(client, LdapRule.Users)) { User = user };
}
