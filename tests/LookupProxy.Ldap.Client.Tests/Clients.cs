using LookupProxy.Ldap.Client.Connecting;
using LookupProxy.Ldap.Client.Pool;
using LookupProxy.Ldap.Filters;
using LookupProxy.Ldap.Messages;
using LookupProxy.TestKit.Ldap;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace LookupProxy.Ldap.Client.Tests;

/// <summary>What most tests need: a server with one person, a client for it, a question.</summary>
internal static class Clients
{
    public const string Base = "dc=contoso";
    public const string Anna = "anna@shared.example";

    public static SearchRequest Ask(string mail = Anna) =>
        new(Base, SearchScope.WholeSubtree, new LdapFilter.Equality("mail", System.Text.Encoding.UTF8.GetBytes(mail))) { Attributes = ["mail"] };

    public static ScriptedLdapServer Server() => new ScriptedLdapServer().WithEntry("uid=anna,dc=contoso", ("mail", Anna), ("uid", "anna"));

    /// <summary>Real time unless told; one connection, so that a test knows which one carries what.</summary>
    public static LdapServerOptions Options(this ScriptedLdapServer server) =>
        new() { Uri = server.Uri, Connections = 1, ConnectTimeout = TimeSpan.FromSeconds(20) };

    public static LdapConnectionPool Client(this LdapServerOptions options, TimeProvider? time = null, ILogger? log = null, Dialer? dialer = null) =>
        LdapClient.Create(options, log ?? NullLogger.Instance, time ?? TimeProvider.System, dialer ?? new Dialer(time ?? TimeProvider.System));

    public static Task<LdapSearchOutcome> AskAsync(this ILdapSearcher client, string mail = Anna, CancellationToken cancellationToken = default) =>
        client.SearchAsync(Ask(mail), cancellationToken).AsTask();

    /// <summary>One question to a client of its own.</summary>
    public static async Task<LdapSearchOutcome> AskOnceAsync(this LdapServerOptions options)
    {
        await using var client = options.Client();
        return await client.AskAsync();
    }

    public static LdapFault MustBeFault(this LdapSearchOutcome outcome, LdapFaultKind kind)
    {
        Assert.Null(outcome.Result);
        Assert.NotNull(outcome.Fault);
        Assert.Equal(kind, outcome.Fault.Kind);
        return outcome.Fault;
    }

    public static SearchResultEntry MustBeAnna(this LdapSearchOutcome outcome)
    {
        Assert.Null(outcome.Fault);
        Assert.Equal(ResultCode.Success, outcome.Result!.Code);
        var entry = Assert.Single(outcome.Entries);
        Assert.Equal("uid=anna,dc=contoso", entry.ObjectName);
        return entry;
    }
}
