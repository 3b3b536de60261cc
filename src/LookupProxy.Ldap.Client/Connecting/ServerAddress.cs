using System.Net;
using System.Net.Sockets;
using LookupProxy.Ldap.Names;

namespace LookupProxy.Ldap.Client.Connecting;

/// <summary>Where a server is. As text it is what logs and faults call the server: host:port.</summary>
internal sealed record ServerAddress(string Host, int Port, bool TlsFromTheStart)
{
    /// <exception cref="ArgumentException">It is no URL of an LDAP server.</exception>
    public static ServerAddress Parse(Uri uri)
    {
        var isSecure = uri.Scheme switch
        {
            "ldap" => false,
            "ldaps" => true,
            _ => throw new ArgumentException($"'{uri}' is neither ldap:// nor ldaps://.", nameof(uri)),
        };
        if (uri.IdnHost.Length == 0)
            throw new ArgumentException($"'{uri}' names no host.", nameof(uri));
        // The framework knows the port of ldap and takes -1 for ldaps.
        return new ServerAddress(uri.IdnHost, uri.Port > 0 ? uri.Port : isSecure ? LdapUrl.DefaultTlsPort : LdapUrl.DefaultPort, isSecure);
    }

    public override string ToString() =>
        IPAddress.TryParse(Host, out var address) && address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{Host}]:{Port}" : $"{Host}:{Port}";
}
