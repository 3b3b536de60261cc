using LookupProxy.Host.Configuration.Model;
using LookupProxy.Storage.Redis;
using LookupProxy.TestKit.Certificates;

namespace LookupProxy.Host.Tests.Configuration;

/// <summary>The store that several nodes share.</summary>
public sealed class RedisSettingsTests : IDisposable
{
    private readonly ConfigurationText _text = new();

    public void Dispose() => _text.Dispose();

    [Fact]
    public void The_least_is_where_it_is()
    {
        var options = Valid("""{ store: redis, exists: 2h, staleFor: 2d, redis: { endpoints: "127.0.0.1" } }""");

        Assert.Equal([new RedisEndpoint("127.0.0.1", 6379)], options.Endpoints);
        Assert.Equal(TimeSpan.FromHours(50), options.KeepFor);
        Assert.Null(options.ReadPassword);
        Assert.Null(options.Tls);
    }

    [Fact]
    public void All_of_it_can_be_said()
    {
        using var pki = new TestPki();
        var ca = _text.Write("ca.pem", File.ReadAllText(pki.AuthorityFile));
        File.SetUnixFileMode(_text.Write("redis.password", "open-sesame\n"), UnixFileMode.UserRead);

        var options = Valid($$"""
            { store: redis, redis: { endpoints: [redis1.corp.example, "redis2.corp.example:7000", "[2001:db8::1]:7001", "::1"], user: default, passwordFile: redis.password,
              tls: { caFile: {{ca}}, serverName: redis.corp.example }, database: 3, prefix: "mail:", readTimeout: 20ms, connectTimeout: 1s, queueLimit: 500 } }
            """);

        Assert.Equal(["redis1.corp.example:6379", "redis2.corp.example:7000", "[2001:db8::1]:7001", "[::1]:6379"], options.Endpoints.Select(static endpoint => endpoint.ToString()));
        Assert.Equal("open-sesame", options.ReadPassword!());
        Assert.Equal(new RedisTlsOptions { CaFile = ca, ServerName = "redis.corp.example" }, options.Tls);
        Assert.Equal((3, "mail:", TimeSpan.FromMilliseconds(20), TimeSpan.FromSeconds(1), 500), (options.Database, options.Prefix, options.ReadTimeout, options.ConnectTimeout, options.QueueLimit));
    }

    [Fact]
    public void An_empty_section_tls_means_TLS_by_the_systems_authorities() =>
        Assert.Equal(new RedisTlsOptions(), Valid("{ store: redis, redis: { endpoints: redis.corp.example, tls: {} } }").Tls);

    [Theory]
    [InlineData("{ store: redis }", "cache.redis: is needed with store: redis")]
    [InlineData("{ store: redis, redis: {} }", "cache.redis.endpoints: is missing")]
    [InlineData("{ store: redis, redis: { endpoints: [] } }", "cache.redis.endpoints: is empty")]
    [InlineData("{ store: redis, redis: { endpoints: 'redis://127.0.0.1' } }", "cache.redis.endpoints: not a URL")]
    [InlineData("{ store: redis, redis: { endpoints: '127.0.0.1:0' } }", "cache.redis.endpoints: not a port")]
    [InlineData("{ store: redis, redis: { endpoints: '127.0.0.1:redis' } }", "cache.redis.endpoints: not a port")]
    [InlineData("{ store: redis, redis: { endpoints: 'two words' } }", "cache.redis.endpoints: not a host")]
    [InlineData("{ store: redis, redis: { endpoints: localhost, user: mail } }", "cache.redis.user: not possible in this version")]
    [InlineData("{ store: redis, redis: { endpoints: localhost, prefix: '{a}' } }", "cache.redis.prefix: not a prefix")]
    [InlineData("{ store: redis, redis: { endpoints: localhost, readTimeout: 1s } }", "cache.redis.readTimeout: out of range")]
    [InlineData("{ store: redis, redis: { endpoints: localhost, tls: { caFile: none.pem } } }", "cache.redis.tls.caFile: ")]
    [InlineData("{ store: redis, redis: { endpoints: redis.corp.example } }", "cache.redis.endpoints: addresses, answers and the password go unencrypted")]
    [InlineData("{ store: redis, path: answers.db, redis: { endpoints: localhost } }", "cache.path: means nothing with store: redis")]
    [InlineData("{ store: memory, redis: { endpoints: localhost } }", "cache.redis: means nothing without store: redis")]
    public void What_is_wrong_is_told(string cache, string fault) =>
        Assert.Contains(fault, Assert.Single(_text.Faults($"{ConfigurationText.Minimal}cache: {cache}\n")), StringComparison.Ordinal);

    [Fact]
    public void No_fault_repeats_a_password() =>
        Assert.All(_text.Faults(ConfigurationText.Minimal + "cache: { store: redis, redis: { endpoints: 'user:s3cret@127.0.0.1' } }"), static fault => Assert.DoesNotContain("s3cret", fault, StringComparison.Ordinal));

    private RedisOptions Valid(string cache) => Assert.IsType<StoreSettings.Redis>(_text.Valid($"{ConfigurationText.Minimal}cache: {cache}\n").Store).Options;
}
