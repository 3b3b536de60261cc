using System.Net;
using System.Net.Sockets;

namespace LookupProxy.Endpoints.Ldap.Accounts;

/// <summary>What counts as one client: an IPv4 address, or the /64 that one IPv6 host has to itself (RFC 6177).</summary>
internal static class ClientKey
{
    public static string Of(EndPoint? client)
    {
        if (client is not IPEndPoint { Address: var address })
            return "local";
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8)) : address.ToString();
    }
}
