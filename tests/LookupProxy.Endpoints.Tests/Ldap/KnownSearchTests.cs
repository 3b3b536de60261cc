using LookupProxy.Core.Recipients;
using LookupProxy.Endpoints.Ldap;
using LookupProxy.Endpoints.Ldap.Firewall;
using LookupProxy.Endpoints.Tests.Ldap.Question;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.Endpoints.Tests.Ldap;

/// <summary>Searches that come again in the same octets.</summary>
public sealed class KnownSearchTests
{
    private const string Anna = "anna@corp.example";

    private readonly LdapFixture _fixture = new() { Options = new LdapOptions { Anonymous = true, DefaultDomain = "corp.example", Accounts = [LdapFixture.Gateway()] } };

    [Theory]
    [MemberData(nameof(Catalogue.Filters), MemberType = typeof(Catalogue))]
    public async Task Every_time_the_answer_is_the_same(string product, string filter, string _)
    {
        Assert.NotEmpty(product);
        Keep(VerdictKind.Valid);
        var client = _fixture.Connect();

        // A client that leaves the outer parentheses away sends the same octets as one that doesn't.
        var text = Catalogue.Fill(filter.StartsWith('(') ? filter : $"({filter})", Anna);
        var first = await client.SearchAsync(LdapClient.Search(text));
        for (var i = 0; i < 3; i++)
        {
            var again = await client.SearchAsync(LdapClient.Search(text));
            Assert.Equal(first.Result, again.Result);
            Assert.Equal(first.Entries.Select(Text), again.Entries.Select(Text));
        }

        Assert.Equal(4, _fixture.Resolver.Asked.Count(static request => !request.Everywhere));
    }

    [Fact]
    public async Task What_is_so_now_counts_and_not_what_was_answered()
    {
        var client = _fixture.Connect();
        Keep(VerdictKind.Valid);
        Assert.Equal((1, ResultCode.Success), await AskAsync(client));
        Assert.Equal((1, ResultCode.Success), await AskAsync(client));
        Keep(VerdictKind.Invalid);
        Assert.Equal((0, ResultCode.Success), await AskAsync(client));
        Keep(VerdictKind.Unknown);
        Assert.Equal((0, ResultCode.Unavailable), await AskAsync(client));
        var later = _fixture.Resolver.Hold(Anna);
        var waiting = AskAsync(client);
        later.SetResult(VerdictOf(VerdictKind.Valid));
        Assert.Equal((1, ResultCode.Success), await waiting);
        Keep(VerdictKind.Valid, new Recipient { Directory = "contoso", PrimaryAddress = "other@corp.example" });
        Assert.Equal("cn=other@corp.example,o=lookupproxy", Assert.Single((await client.SearchAsync($"(mail={Anna})")).Entries).ObjectName);
    }

    [Fact]
    public async Task What_else_is_asked_for_is_another_search()
    {
        Keep(VerdictKind.Valid);
        var client = _fixture.Connect();
        foreach (var attributes in new[] { new[] { "mail" }, ["uid"], ["mail"], ["1.1"], ["uid"] })
        {
            var (entries, _) = await client.SearchAsync(LdapClient.Search($"(mail={Anna})", "o=lookupproxy", SearchScope.WholeSubtree, attributes));
            Assert.Equal(attributes.Where(static name => name != "1.1"), Assert.Single(entries).Attributes.Select(static attribute => attribute.Description));
        }
    }

    [Fact]
    public async Task Nobody_gets_an_answer_that_somebody_else_may_have()
    {
        var fixture = new LdapFixture { Options = new LdapOptions { Accounts = [LdapFixture.Gateway() with { View = "inner" }] } };
        fixture.Resolver.Say(Anna, static request => VerdictOf(request.View == "inner" ? VerdictKind.Valid : VerdictKind.Invalid));
        var gateway = fixture.Connect();
        await gateway.BindAsync(LdapFixture.GatewayName, "secret");
        Assert.Equal((1, ResultCode.Success), await AskAsync(gateway));
        Assert.Equal((1, ResultCode.Success), await AskAsync(gateway));

        Assert.Equal((0, ResultCode.StrongerAuthRequired), await AskAsync(fixture.Connect()));
        Assert.Equal((1, ResultCode.Success), await AskAsync(gateway));
    }

    [Fact]
    public async Task Where_there_are_rules_each_search_is_judged_anew()
    {
        Assert.True(ClientNetwork.TryParse("10.0.0.0/8", out var network));
        var fixture = new LdapFixture
        {
            Options = new LdapOptions { Anonymous = true, Rules = [new LdapRule { Name = "inside", Allow = true, Networks = [network] }] },
        };
        var inside = fixture.Connect("10.1.2.3");
        Assert.Equal((1, ResultCode.Success), await AskAsync(inside));
        Assert.Equal((1, ResultCode.Success), await AskAsync(inside));

        Assert.Equal((0, ResultCode.InsufficientAccessRights), await AskAsync(fixture.Connect("192.0.2.1")));
    }

    private static async Task<(int Entries, ResultCode Code)> AskAsync(LdapClient client)
    {
        var (entries, result) = await client.SearchAsync($"(mail={Anna})");
        return (entries.Length, result.Code);
    }

    private static string Text(SearchResultEntry entry) =>
        entry.ObjectName + string.Concat(entry.Attributes.Select(static attribute => attribute.Description + string.Concat(attribute.Values.Select(static value => Convert.ToHexString(value.Span)))));

    private static Verdict VerdictOf(VerdictKind kind, Recipient? recipient = null) => Entries.Recipients.Valid(Anna, recipient ?? new Recipient { Directory = "contoso" }) with
    {
        Kind = kind,
        Recipient = kind == VerdictKind.Valid ? recipient ?? new Recipient { Directory = "contoso" } : null,
    };

    /// <summary>As memory does: the same verdict each time.</summary>
    private void Keep(VerdictKind kind, Recipient? recipient = null)
    {
        var verdict = VerdictOf(kind, recipient);
        _fixture.Resolver.Say(Anna, _ => verdict);
    }
}
