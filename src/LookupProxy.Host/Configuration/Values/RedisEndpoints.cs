using System.Globalization;
using LookupProxy.Storage.Redis;

namespace LookupProxy.Host.Configuration.Values;

/// <summary>A Redis server: a host and a port.</summary>
internal sealed class RedisEndpoints : ScalarReader<RedisEndpoint>
{
    public static readonly RedisEndpoints Any = new();

    public override string Allowed => "HOST[:PORT]";

    public override string Show(RedisEndpoint value) => value.ToString();

    /// <summary>What stands before an "@" may be a password.</summary>
    protected override bool MayBeRepeated(string text) => !text.Contains('@');

    protected override string? Parse(string text, ReadScope scope, out RedisEndpoint value)
    {
        value = null!;
        if (text.Contains("://", StringComparison.Ordinal) || text.Contains('@'))
            return "not a URL: only a host and a port; the password goes into passwordFile, and tls says that the connection is encrypted";
        var (host, port) = (text, RedisEndpoint.DefaultPort);
        var colon = text.LastIndexOf(':');
        if (colon > text.LastIndexOf(']') && text.IndexOf(':', StringComparison.Ordinal) is var first && (first == colon || text.StartsWith('[')))
        {
            host = text[..colon];
            if (!int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out port) || port is < 1 or > 65535)
                return "not a port";
        }

        if (host.StartsWith('[') && host.EndsWith(']'))
            host = host[1..^1];
        if (Uri.CheckHostName(host) == UriHostNameType.Unknown)
            return "not a host";
        value = new RedisEndpoint(host, port);
        return null;
    }
}
