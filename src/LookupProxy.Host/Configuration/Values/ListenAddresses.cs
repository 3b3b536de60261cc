using System.Globalization;
using System.Net;
using System.Text;
using LookupProxy.Host.Configuration.Model;

namespace LookupProxy.Host.Configuration.Values;

/// <summary>An IP address with a port, or a Unix socket. No host names: what they resolve to may change under a running proxy.</summary>
internal sealed class ListenAddresses : ScalarReader<ListenAddress>
{
    public static readonly ListenAddresses Any = new();

    private const string UnixPrefix = "unix:";

    /// <summary>sockaddr_un.sun_path is 108 octets with its final zero (unix(7)).</summary>
    private const int MaxUnixPath = 107;

    public override string Allowed => "127.0.0.1:10040, [::1]:10040 or unix:/run/lookupproxy/policy.sock";

    public override string Show(ListenAddress value) => value.ToString();

    protected override string? Parse(string text, ReadScope scope, out ListenAddress value)
    {
        value = null!;
        if (text.StartsWith(UnixPrefix, StringComparison.Ordinal))
        {
            var path = text[UnixPrefix.Length..];
            if (!path.StartsWith('/'))
                return "a Unix socket needs an absolute path";
            if (Encoding.UTF8.GetByteCount(path) > MaxUnixPath)
                return $"a Unix socket's path has at most {MaxUnixPath} octets";
            value = new ListenAddress.Unix(path);
            return null;
        }

        var colon = text.LastIndexOf(':');
        if (colon < 0)
            return "no port";
        var host = text[..colon];
        var isV6 = host.StartsWith('[') && host.EndsWith(']');
        // IPAddress takes "1" for 0.0.0.1, and IPv6 without brackets would leave the port in doubt.
        if (!IPAddress.TryParse(isV6 ? host[1..^1] : host, out var address) || isV6 != host.Contains(':') || (!isV6 && host.Count(static c => c == '.') != 3))
            return "not an IP address";
        if (!ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port))
            return "not a port";
        value = new ListenAddress.Ip(new IPEndPoint(address, port));
        return null;
    }

    protected override string? Suggest(string text) =>
        text.StartsWith("localhost:", StringComparison.OrdinalIgnoreCase) ? "127.0.0.1" + text[9..]
        : text.StartsWith("*:", StringComparison.Ordinal) ? "0.0.0.0" + text[1..]
        : null;
}
