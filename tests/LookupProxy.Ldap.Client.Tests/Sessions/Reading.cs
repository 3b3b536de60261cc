using LookupProxy.Ldap.Messages;
using LookupProxy.TestKit.Ldap;

namespace LookupProxy.Ldap.Client.Tests.Sessions;

/// <summary>What the tests of sessions share.</summary>
internal static class Reading
{
    public static readonly TimeSpan Silence = TimeSpan.FromSeconds(20);

    public static SearchRequest Everybody { get; } = Clients.Ask() with { Filter = new LookupProxy.Ldap.Filters.LdapFilter.Present("mail") };

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<ILdapSession> OpenAsync(this ILdapClient client)
    {
        var outcome = await client.OpenSessionAsync(Token);
        Assert.Null(outcome.Fault);
        return outcome.Session!;
    }

    public static ILdapResponses Search(this ILdapSession session) => session.Search(Everybody, [], Silence);

    /// <summary>All that comes, to the end.</summary>
    public static async Task<List<LdapMessage>> ReadAllAsync(this ILdapResponses responses)
    {
        var all = new List<LdapMessage>();
        while (await responses.ReadAsync(Token) is { } message)
            all.Add(message);
        Assert.NotNull(responses.End);
        return all;
    }

    /// <summary>The names of the entries of all pages.</summary>
    public static async Task<List<string>> ReadAllAsync(this LdapPages pages)
    {
        var names = new List<string>();
        while (pages.Next() is { } page)
            names.AddRange((await page.ReadAllAsync()).Select(message => ((SearchResultEntry)message.Operation).ObjectName));
        return names;
    }

    public static LdapFault MustBeFault(this LdapEnd? end, LdapFaultKind kind)
    {
        Assert.NotNull(end);
        Assert.Null(end.Result);
        Assert.False(end.IsSuccess);
        Assert.Equal(kind, end.Fault!.Kind);
        return end.Fault;
    }

    public static ScriptedLdapServer WithPeople(this ScriptedLdapServer server, int count)
    {
        for (var i = 0; i < count; i++)
            server.WithEntry($"uid=u{i},dc=contoso", ("mail", $"u{i}@shared.example"));
        return server;
    }
}
