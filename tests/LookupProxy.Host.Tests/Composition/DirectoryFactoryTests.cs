using LookupProxy.Core.Addresses;
using LookupProxy.Core.Recipients;
using LookupProxy.Directories.Ldap;
using LookupProxy.Host.Composition;
using LookupProxy.Host.Configuration.Model;
using LookupProxy.Resolution.Model;
using Microsoft.Extensions.Logging.Abstractions;

namespace LookupProxy.Host.Tests.Composition;

public sealed class DirectoryFactoryTests
{
    [Fact]
    public async Task A_directory_that_cannot_be_set_up_knows_nothing_and_says_why()
    {
        var options = new LdapDirectoryOptions { Name = "contoso", Servers = [], BaseDns = [], Schema = LdapSchemas.All[0] with { Filter = "(broken" } };
        await using var directory = new DirectoryFactory(NullLoggerFactory.Instance, TimeProvider.System).Create(new DirectorySettings.Ldap(options, new ResilienceSettings()));

        Assert.Equal("contoso", directory.Name);
        var server = Assert.Single(directory.Servers);
        Assert.Equal(AddressFault.None, AddressParser.TryParse("anna@corp.example", AddressSyntax.Mailbox, out var address));
        var answer = Assert.IsType<Answer.Unknown>(await server.AskAsync(address!, TestContext.Current.CancellationToken));
        Assert.Equal(UnknownReason.NotReady, answer.Reason);
        Assert.StartsWith("could not be set up: ", answer.Detail, StringComparison.Ordinal);
        Assert.Equal(answer, await server.ProbeAsync(TestContext.Current.CancellationToken));
    }
}
