using System.Collections.Immutable;
using System.Net;
using LookupProxy.Core.Addresses;
using LookupProxy.Core.Lookups;
using LookupProxy.Core.Text;
using LookupProxy.Endpoints.Connections;
using LookupProxy.Endpoints.Ldap.Searching;
using LookupProxy.Endpoints.Ldap.Server;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.Endpoints.Ldap.Firewall;

/// <summary>The firewall: the one place where its rules are applied, and where refusals are logged.</summary>
internal sealed class RuleBook
{
    private readonly ImmutableArray<FirewallRule>? _rules;
    private readonly ISearchLanguage _language;
    private readonly NamespaceMap _namespaces;
    private readonly ConnectionServices _services;
    private readonly LogThrottle _throttle;

    public RuleBook(LdapOptions options, ISearchLanguage language, NamespaceMap namespaces, ConnectionServices services)
    {
        _language = language;
        _namespaces = namespaces;
        _services = services;
        _throttle = new LogThrottle(services.Time, burst: 10, window: TimeSpan.FromMinutes(1));
        if (!options.Rules.IsEmpty)
            _rules = [.. options.Rules.Select(rule => new FirewallRule(rule, LanguageOf(rule, options)))];
    }

    /// <summary>The client is told nothing of the rules; the log has them.</summary>
    public static LdapResult Refusal { get; } = new(ResultCode.InsufficientAccessRights, "", "not allowed for this client");

    /// <param name="who">The account's name, or one of the words of <see cref="LdapRule.Accounts"/>.</param>
    public Permit For(EndPoint? client, string who) =>
        new(_rules is { } rules ? [.. rules.Where(rule => rule.Concerns(client, who))] : null, _language);

    /// <summary>Whether all of the addresses may be asked for. Before they are: a refusal costs no directory anything.</summary>
    public bool AllowsAddresses(ClientRights rights, ImmutableArray<Address> addresses, EndPoint? client)
    {
        if (rights.Permit.AllowsAll)
            return true;
        foreach (var address in addresses)
        {
            if (!Allows(rights, LdapQuestions.Address, _namespaces.OfDomain(rights.View, address.Domain)?.Name, client))
                return false;
        }

        return true;
    }

    /// <param name="ns">The namespace that it is about; null when it is about none.</param>
    public bool Allows(ClientRights rights, LdapQuestions question, string? ns, EndPoint? client)
    {
        if (rights.Permit.AllowsAll)
            return true;
        var ruling = rights.Permit.Decide(question, ns);
        if (!ruling.IsAllowed && _throttle.Allow(out var suppressed))
            LdapLog.Refused(_services.Logger, client, rights.Who, question, ruling.Rule ?? "none that allows it", suppressed);
        return ruling.IsAllowed;
    }

    private ISearchLanguage LanguageOf(LdapRule rule, LdapOptions options)
    {
        if (rule.Attributes is not { } attributes)
            return _language;
        var allowed = options.Entries.Allowed is { } all ? [.. attributes.Where(name => all.Contains(name, StringComparer.OrdinalIgnoreCase))] : attributes;
        return new RecipientLanguage(options with { Entries = options.Entries with { Allowed = allowed }, Search = null });
    }
}
