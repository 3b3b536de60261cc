using LookupProxy.Directories.Ldap;
using LookupProxy.Host.Configuration.Sections;
using LookupProxy.Ldap.Client;
using LookupProxy.Resolution.Model;

namespace LookupProxy.Host.Tests.Configuration.Sections;

public sealed class LdapCapacityTests
{
    [Theory]
    [InlineData(512, 2, 1)]
    [InlineData(512, 1, 1)]
    [InlineData(512, 2, 3)]
    [InlineData(100_000, 1, 40)]
    [InlineData(1, 64, 1)]
    public void What_may_be_outstanding_has_room_on_the_connections(int maxOutstanding, int connections, int bases)
    {
        foreach (var method in new[] { LdapBindMethod.Simple, LdapBindMethod.Anonymous })
        {
            var (options, resilience) = Fit(maxOutstanding, connections, bases, method);

            Assert.All(options.Servers, server => Assert.True((long)server.MaxOutstandingPerConnection * connections > (long)resilience.MaxOutstanding * bases));
            Assert.InRange(resilience.MaxOutstanding, 1, maxOutstanding);
        }
    }

    [Theory]
    [InlineData(LdapBindMethod.Simple, 512, 288, 512)]
    [InlineData(LdapBindMethod.Simple, 5000, 1000, 1936)]
    [InlineData(LdapBindMethod.Simple, 10, 256, 10)]
    [InlineData(LdapBindMethod.Anonymous, 512, 100, 136)]
    public void No_connection_carries_more_than_OpenLDAP_lets_wait(LdapBindMethod method, int maxOutstanding, int room, int carried)
    {
        var (options, resilience) = Fit(maxOutstanding, connections: 2, bases: 1, method);

        Assert.All(options.Servers, server => Assert.Equal(room, server.MaxOutstandingPerConnection));
        Assert.Equal(carried, resilience.MaxOutstanding);
    }

    private static (LdapDirectoryOptions Options, ResilienceSettings Resilience) Fit(int maxOutstanding, int connections, int bases, LdapBindMethod method)
    {
        Assert.True(LdapSchemas.TryGet("openldap", out var schema));
        var server = new LdapServerOptions { Uri = new("ldaps://one.example"), Connections = connections, Bind = new LdapBindOptions { Method = method } };
        var options = new LdapDirectoryOptions
        {
            Name = "contoso",
            Servers = [server, server with { Uri = new("ldaps://two.example") }],
            BaseDns = [.. Enumerable.Range(0, bases).Select(static number => $"ou={number}")],
            Schema = schema,
        };
        return LdapCapacity.Fit(options, new ResilienceSettings { MaxOutstanding = maxOutstanding });
    }
}
