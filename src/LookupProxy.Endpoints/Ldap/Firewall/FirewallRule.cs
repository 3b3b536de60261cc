using System.Collections.Frozen;
using System.Net;
using LookupProxy.Endpoints.Ldap.Accounts;
using LookupProxy.Endpoints.Ldap.Searching;

namespace LookupProxy.Endpoints.Ldap.Firewall;

/// <summary>A rule made ready.</summary>
internal sealed class FirewallRule(LdapRule rule, ISearchLanguage language)
{
    private readonly FrozenSet<string> _accounts = rule.Accounts.Select(AccountKey).ToFrozenSet(StringComparer.Ordinal);
    private readonly FrozenSet<string>? _namespaces = rule.Namespaces?.ToFrozenSet(StringComparer.Ordinal);

    public Ruling Ruling { get; } = new(rule.Allow, rule.Name, language);

    /// <param name="who">An account's name, or one of the words that <see cref="LdapRule.Accounts"/> has.</param>
    public bool Concerns(EndPoint? client, string who) =>
        (rule.Networks.IsEmpty || rule.Networks.Any(network => network.Contains(client)))
        && (_accounts.Count == 0 || _accounts.Contains(AccountKey(who)));

    /// <param name="ns">Null when no namespace has the address: a rule that allows only some namespaces then answers for it too, for there is nothing to hide.</param>
    public bool Concerns(LdapQuestions question, string? ns) =>
        (rule.Questions & question) != LdapQuestions.None && (_namespaces is null || (ns is null ? rule.Allow : _namespaces.Contains(ns)));

    private static string AccountKey(string name) => AccountName.Normalise(name);
}
