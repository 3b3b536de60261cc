using System.Collections.Immutable;
using LookupProxy.Endpoints.Ldap;
using LookupProxy.Endpoints.Ldap.Accounts;
using LookupProxy.Endpoints.Ldap.Firewall;
using LookupProxy.Host.Configuration.Faults;
using LookupProxy.Host.Configuration.Model;
using LookupProxy.Host.Configuration.Values;
using LookupProxy.Resolution.Model;

namespace LookupProxy.Host.Configuration.Sections;

/// <summary>What the firewall's rules must agree on with accounts, namespaces and views.</summary>
internal static class LdapRuleChecks
{
    /// <param name="accounts">The endpoint's.</param>
    public static void CheckOwn(ImmutableArray<Located<LdapRuleEntry>> rules, ImmutableArray<LdapAccountOptions> accounts, FaultList faults)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var known = accounts.Select(static account => AccountName.Normalise(account.Name)).Append(LdapRule.Anonymous).Append(LdapRule.Users).ToList();
        foreach (var (rule, _, _) in rules)
        {
            if (!names.Add(rule.Rule.Name))
                rule.Name.Error("another rule has this name");
            foreach (var account in rule.Accounts.Where(account => !known.Contains(AccountName.Normalise(account.Value), StringComparer.Ordinal)))
                faults.Error(account.Origin, account.Path, "no such account", account.Value, string.Join(" | ", known), Misspelling.Nearest(account.Value, known));
        }
    }

    /// <summary>The endpoint with rules that name namespaces only: those of a rule's view are added to its own.</summary>
    public static EndpointSettings<LdapOptions>? Complete(LdapEntry? ldap, ImmutableArray<NamespaceEntry> namespaces, ImmutableArray<ViewEntry> views, FaultList faults)
    {
        if (ldap is null || ldap.Rules.IsEmpty)
            return ldap?.Settings;
        var names = namespaces.Select(static ns => ns.Definition.Name).ToList();
        foreach (var name in ldap.Rules.SelectMany(static rule => rule.Namespaces).Where(name => !names.Contains(name.Value, StringComparer.Ordinal)))
            faults.Error(name.Origin, name.Path, "no such namespace", name.Value, string.Join(", ", names), Misspelling.Nearest(name.Value, names));
        ViewChecks.CheckNames([.. ldap.Rules.Select(static rule => rule.View).OfType<Located<string>>()], views, faults);
        var rules = ldap.Rules.Select(rule => rule.View is { } view ? rule.Rule with { Namespaces = [.. rule.Rule.Namespaces ?? [], .. Of(view.Value)] } : rule.Rule);
        return ldap.Settings with { Options = ldap.Settings.Options with { Rules = [.. rules] } };

        IEnumerable<string> Of(string view) =>
            views.FirstOrDefault(candidate => candidate.Name == view)?.Namespaces.Select(static name => name.Value) ?? (view == ViewDefinition.Default ? names : []);
    }
}
