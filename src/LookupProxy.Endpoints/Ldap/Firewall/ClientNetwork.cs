using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;

namespace LookupProxy.Endpoints.Ldap.Firewall;

/// <summary>Where a client comes from: an IP network, or a Unix socket of this machine.</summary>
public sealed record ClientNetwork
{
    public const string Forms = "an address (192.0.2.1), a network (192.0.2.0/24, 2001:db8::/32) or unix";

    private const string UnixWord = "unix";

    private readonly IPNetwork? _network;

    private ClientNetwork(IPNetwork? network) => _network = network;

    public static bool TryParse(string text, [NotNullWhen(true)] out ClientNetwork? network)
    {
        network = null;
        if (text == UnixWord)
            network = new ClientNetwork((IPNetwork?)null);
        else if (!text.Contains('/', StringComparison.Ordinal))
            network = IsAddress(text, out var address) ? new ClientNetwork(new IPNetwork(address, address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128)) : null;
        else if (IsAddress(text[..text.IndexOf('/', StringComparison.Ordinal)], out var @base) && IPNetwork.TryParse(text, out var parsed) && parsed.BaseAddress.Equals(@base))
            network = new ClientNetwork(parsed);
        return network is not null;
    }

    public bool Contains(EndPoint? client)
    {
        if (client is not IPEndPoint { Address: var address })
            return _network is null;
        // A dual-stack listener shows IPv4 clients as ::ffff:192.0.2.1.
        return _network is { } network && network.Contains(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);
    }

    public override string ToString() => _network?.ToString() ?? UnixWord;

    /// <summary>IPAddress takes "10" for 0.0.0.10, which nobody means.</summary>
    private static bool IsAddress(string text, [NotNullWhen(true)] out IPAddress? address) =>
        IPAddress.TryParse(text, out address) && (text.Contains(':', StringComparison.Ordinal) || text.Count(static c => c == '.') == 3);
}
