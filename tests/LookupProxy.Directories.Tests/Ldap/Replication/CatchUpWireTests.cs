using LookupProxy.Core.Recipients;
using LookupProxy.Directories.Ldap;
using LookupProxy.Ldap.Client;
using LookupProxy.Ldap.Messages;
using LookupProxy.TestKit.Ldap;
using Microsoft.Extensions.Logging.Abstractions;

namespace LookupProxy.Directories.Tests.Ldap.Replication;

/// <summary>With the real client, over several connections.</summary>
public sealed class CatchUpWireTests
{
    private const int Connections = 3;

    [Theory]
    [InlineData("TRUE", true)]
    [InlineData("FALSE", false)]
    public async Task However_many_ask_at_once_the_controller_is_seldom_asked_whether_it_has_caught_up(string isSynchronized, bool isAbsent)
    {
        await using var server = new ScriptedLdapServer().WithBase(Directory.Base).WithEntry("CN=Tom," + Directory.Base, ("mail", "tom@shared.example")).Start();
        server.Entries.RootDse = ScriptedEntry.Create("", ("isSynchronized", isSynchronized));
        await using var directory = LdapDirectory.Create(
            Directory.Options(Directory.Schema("active-directory")) with
            {
                Servers = [new LdapServerOptions { Uri = server.Uri, Connections = Connections, ConnectTimeout = TimeSpan.FromSeconds(20) }],
            },
            static options => LdapClient.Create(options, NullLogger.Instance, TimeProvider.System));
        var asked = directory.Servers[0];

        for (var round = 0; round < 5; round++)
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(number => asked.AskAsync($"nobody{number}@shared.example")));
            Assert.All(answers, answer => Assert.Equal(isAbsent, answer is Answer.Absent));
        }

        var looks = server.Ledger.Requests.Select(static request => request.Message.Operation).OfType<SearchRequest>().Count(static search => search.BaseObject.Length == 0);
        Assert.InRange(looks, 1, 100);
    }
}
