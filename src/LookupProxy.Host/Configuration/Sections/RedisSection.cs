using System.Collections.Immutable;
using System.Net;
using LookupProxy.Host.Configuration.Values;
using LookupProxy.Storage.Redis;

namespace LookupProxy.Host.Configuration.Sections;

internal sealed class RedisSection : SectionReader<RedisOptions>
{
    /// <summary>The only user that a password without a name is the password of.</summary>
    private const string OnlyUser = "default";

    public static readonly RedisOptions Defaults = new() { Endpoints = [], KeepFor = TimeSpan.Zero };
    private static readonly SecretKeys Password = new("password");

    private static readonly Setting<ImmutableArray<Located<RedisEndpoint>>> Endpoints = Setting.Required("endpoints", new Lists<RedisEndpoint>(RedisEndpoints.Any), []);
    private static readonly Setting<string?> User = Setting.Maybe("user", new Texts(OnlyUser, CheckUser));
    private static readonly Setting<RedisTlsOptions?> Tls = Setting.Maybe("tls", new RedisTlsSection());
    private static readonly Setting<int> Database = Setting.Optional("database", new Integers(0, 15), Defaults.Database);
    private static readonly Setting<string> Prefix = Setting.Optional("prefix", new Texts("1 to 64 letters, digits and . _ - :", CheckPrefix), Defaults.Prefix);

    private static readonly Setting<TimeSpan> ReadTimeout = Setting.Optional(
        "readTimeout", new Durations(TimeSpan.FromMilliseconds(5), TimeSpan.FromMilliseconds(100)), Defaults.ReadTimeout);

    private static readonly Setting<TimeSpan> ConnectTimeout = Setting.Optional(
        "connectTimeout", new Durations(TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(30)), Defaults.ConnectTimeout);

    private static readonly Setting<int> QueueLimit = Setting.Optional("queueLimit", new Integers(100, 10_000_000), Defaults.QueueLimit);

    public override IReadOnlyList<Setting> Inner { get; } = [Endpoints, User, .. Password.All, Tls, Database, Prefix, ReadTimeout, ConnectTimeout, QueueLimit];

    protected override bool TryBuild(Section section, out RedisOptions value)
    {
        section.Get(User);
        value = Defaults with
        {
            Endpoints = [.. section.Get(Endpoints).Select(static endpoint => endpoint.Value)],
            ReadPassword = Password.Read(section),
            Tls = section.Get(Tls),
            Database = section.Get(Database),
            Prefix = section.Get(Prefix),
            ReadTimeout = section.Get(ReadTimeout),
            ConnectTimeout = section.Get(ConnectTimeout),
            QueueLimit = section.Get(QueueLimit),
        };
        if (!section.Has(Tls) && value.Endpoints.Any(static endpoint => !IsLoopback(endpoint.Host)))
            section.At(Endpoints).Warning("addresses, answers and the password go unencrypted, and anyone between may answer for Redis; use tls");
        return true;
    }

    private static string? CheckUser(string user) => user == OnlyUser ? null
        : $"not possible in this version, whose Redis library sends a password without a user's name: give the password and the rights to Redis's user \"{OnlyUser}\" (config/README.md shows how), and leave user out";

    private static string? CheckPrefix(string prefix) =>
        prefix.Length is >= 1 and <= 64 && prefix.All(static c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' or ':') ? null : "not a prefix";

    private static bool IsLoopback(string host) => host == "localhost" || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
