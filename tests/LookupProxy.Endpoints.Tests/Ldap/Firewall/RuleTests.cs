using System.Collections.Immutable;
using LookupProxy.Core.Lookups;
using LookupProxy.Core.Recipients;
using LookupProxy.Endpoints.Ldap;
using LookupProxy.Endpoints.Ldap.Entries;
using LookupProxy.Endpoints.Ldap.Firewall;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.Endpoints.Tests.Ldap.Firewall;

public sealed class RuleTests
{
    private const string Anna = "(mail=anna@corp.example)";
    private const string Inner = "192.0.2.10";
    private const string Outer = "198.51.100.1";

    private static readonly NamespaceMap Map = new(
        [new NamespaceOutline("shared", ["corp.example"], ["contoso"]), new NamespaceOutline("other", ["other.example"], ["fabrikam"])],
        ImmutableDictionary<string, ImmutableArray<string>>.Empty,
        "default");

    [Fact]
    public async Task Without_rules_all_is_allowed()
    {
        Assert.Single((await With().Connect(Outer).SearchAsync(Anna)).Entries);
    }

    [Fact]
    public async Task Where_there_are_rules_what_none_allows_is_refused_and_logged()
    {
        var fixture = With(Allow("inner") with { Networks = [Network("192.0.2.0/24")] });

        var (entries, result) = await fixture.Connect(Outer).SearchAsync(Anna);

        Assert.Empty(entries);
        Assert.Equal(ResultCode.InsufficientAccessRights, result.Code);
        Assert.Empty(fixture.Resolver.Asked);
        var line = Assert.Single(fixture.Log.Lines, static line => line.Id == EventIds.LdapRefused);
        Assert.Contains(Outer, line.Text, StringComparison.Ordinal);
        Assert.Single((await fixture.Connect(Inner).SearchAsync(Anna)).Entries);
    }

    [Fact]
    public async Task The_first_rule_that_concerns_a_question_decides()
    {
        var deny = new LdapRule { Name = "not-this-one", Allow = false, Networks = [Network(Inner)] };

        Assert.Equal(ResultCode.InsufficientAccessRights, (await With(deny, Allow("all")).Connect(Inner).SearchAsync(Anna)).Result.Code);
        Assert.Equal(ResultCode.Success, (await With(Allow("all"), deny).Connect(Inner).SearchAsync(Anna)).Result.Code);
        Assert.Equal(ResultCode.Success, (await With(deny, Allow("all")).Connect(Outer).SearchAsync(Anna)).Result.Code);
    }

    [Fact]
    public async Task The_refusal_names_its_rule_and_a_flood_of_them_is_logged_a_few_times()
    {
        var fixture = With(new LdapRule { Name = "nobody-from-there", Allow = false });
        var client = fixture.Connect(Outer);

        for (var i = 0; i < 50; i++)
            await client.SearchAsync(Anna);

        var lines = fixture.Log.Lines.Where(static line => line.Id == EventIds.LdapRefused).ToArray();
        Assert.InRange(lines.Length, 1, 10);
        Assert.Contains("nobody-from-there", lines[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rules_go_by_account()
    {
        var fixture = With(Allow("gateway") with { Accounts = ["CN=Gateway, O=LookupProxy"] });
        var client = fixture.Connect();

        Assert.Equal(ResultCode.InsufficientAccessRights, (await client.SearchAsync(Anna)).Result.Code);
        await client.BindAsync(LdapFixture.GatewayName, "secret");
        Assert.Equal(ResultCode.Success, (await client.SearchAsync(Anna)).Result.Code);
    }

    [Fact]
    public async Task Nobody_is_an_account_too()
    {
        var fixture = With(new LdapRule { Name = "not-nobody", Allow = false, Accounts = [LdapRule.Anonymous] }, Allow("all"));
        var client = fixture.Connect();

        Assert.Equal(ResultCode.InsufficientAccessRights, (await client.SearchAsync(Anna)).Result.Code);
        await client.BindAsync(LdapFixture.GatewayName, "secret");
        Assert.Equal(ResultCode.Success, (await client.SearchAsync(Anna)).Result.Code);
    }

    [Fact]
    public async Task Rules_go_by_namespace_and_an_address_of_none_gives_nothing_away()
    {
        var fixture = With(Allow("other-only") with { Namespaces = ["other"] });
        fixture.Resolver.Valid("bea@other.example");
        var client = fixture.Connect();

        Assert.Single((await client.SearchAsync("(mail=bea@other.example)")).Entries);
        Assert.Equal(ResultCode.InsufficientAccessRights, (await client.SearchAsync(Anna)).Result.Code);
        Assert.Equal(ResultCode.InsufficientAccessRights, (await client.SearchAsync($"(|(mail=bea@other.example){Anna})")).Result.Code);
        Assert.Equal(ResultCode.Success, (await client.SearchAsync("(mail=anna@elsewhere.example)")).Result.Code);
    }

    [Fact]
    public async Task A_name_read_again_is_a_question_like_others()
    {
        var client = With(Allow("other-only") with { Namespaces = ["other"] }).Connect();

        var (_, result) = await client.SearchAsync(LdapClient.Search("(objectClass=*)", "cn=anna@corp.example,o=lookupproxy", SearchScope.BaseObject));

        Assert.Equal(ResultCode.InsufficientAccessRights, result.Code);
    }

    [Fact]
    public async Task Rules_go_by_kind_of_question()
    {
        var client = With(Allow("lists-only") with { Questions = LdapQuestions.Enumeration }).Connect();

        Assert.Equal(ResultCode.InsufficientAccessRights, (await client.SearchAsync(Anna)).Result.Code);
    }

    [Fact]
    public async Task Only_a_rules_attributes_leave_and_the_others_can_not_be_guessed_by_filter()
    {
        var fixture = With(Allow("mail-only") with { Attributes = ["mail", "title", "department"] });
        fixture.Resolver.Valid("anna@corp.example", new Recipient
        {
            Directory = "contoso",
            PrimaryAddress = "anna@corp.example",
            Attributes = AttributeDictionary.Of(new Dictionary<string, ImmutableArray<string>>
            {
                ["title"] = ["Head"],
                ["department"] = ["Sales"],
                ["company"] = ["Contoso"],
            }),
        });
        var client = fixture.Connect();

        var entry = Assert.Single((await client.SearchAsync(Anna)).Entries);

        Assert.Equal(["department", "mail", "title"], entry.Attributes.Select(static attribute => attribute.Description).Order(StringComparer.Ordinal));
        Assert.Single((await client.SearchAsync($"(&{Anna}(title=Head))")).Entries);
        Assert.Empty((await client.SearchAsync($"(&{Anna}(company=Contoso))")).Entries);
    }

    [Fact]
    public async Task The_endpoints_own_list_bounds_a_rules()
    {
        var fixture = new LdapFixture
        {
            Options = new LdapOptions
            {
                Anonymous = true,
                Entries = new EntryOptions { Allowed = ["mail"] },
                Rules = [Allow("more") with { Attributes = ["mail", "uid"] }],
            },
        };

        var entry = Assert.Single((await fixture.Connect().SearchAsync(Anna)).Entries);

        Assert.Equal(["mail"], entry.Attributes.Select(static attribute => attribute.Description));
    }

    [Fact]
    public async Task The_root_DSE_is_for_everybody()
    {
        var client = With(new LdapRule { Name = "none", Allow = false }).Connect();

        Assert.Single((await client.SearchAsync(LdapClient.Search("(objectClass=*)", "", SearchScope.BaseObject))).Entries);
    }

    private static LdapFixture With(params ImmutableArray<LdapRule> rules) => new()
    {
        Options = new LdapOptions { Anonymous = true, Accounts = [LdapFixture.Gateway()], Rules = rules },
        Namespaces = Map,
    };

    private static LdapRule Allow(string name) => new() { Name = name, Allow = true };

    private static ClientNetwork Network(string text) => ClientNetwork.TryParse(text, out var network) ? network : throw new ArgumentException(text, nameof(text));
}
