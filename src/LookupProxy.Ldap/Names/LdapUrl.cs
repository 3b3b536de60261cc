using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.Ldap.Names;

/// <summary>An LDAP URL, RFC 4516, as references carry them: <c>ldap://host:port/dn?attributes?scope?filter?extensions</c>.</summary>
/// <param name="Scheme"><c>ldap</c> or <c>ldaps</c>.</param>
/// <param name="Host">A name or an address, IPv6 without brackets; empty when the URL names none.</param>
/// <param name="Port">The one written or else the scheme's.</param>
/// <param name="Dn">The base; empty when the URL names none, which in a reference means that of the request.</param>
public sealed record LdapUrl(string Scheme, string Host, int Port, string Dn)
{
    public const int DefaultPort = 389;
    public const int DefaultTlsPort = 636;

    /// <summary>Of a global catalog, which Active Directory has beside.</summary>
    public const int CatalogPort = 3268;
    public const int CatalogTlsPort = 3269;

    public bool IsTls => Scheme == "ldaps";

    public ImmutableArray<string> Attributes { get; init; } = [];

    /// <summary>Null when not written, which in a reference means that of the request.</summary>
    public SearchScope? Scope { get; init; }

    /// <summary>RFC 4515 text; null when not written.</summary>
    public string? Filter { get; init; }

    /// <summary>As written, a critical one with its <c>!</c>.</summary>
    public ImmutableArray<string> Extensions { get; init; } = [];

    /// <summary>Whether a global catalog is asked there, which alone takes an empty search base.</summary>
    public static bool IsCatalog(Uri server)
    {
        ArgumentNullException.ThrowIfNull(server);
        return server.Port is CatalogPort or CatalogTlsPort;
    }

    public static bool TryParse(string text, [NotNullWhen(true)] out LdapUrl? url)
    {
        ArgumentNullException.ThrowIfNull(text);
        url = LdapUrlParser.Parse(text);
        return url is not null;
    }
}
