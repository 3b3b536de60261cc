using System.Collections.Immutable;
using LookupProxy.Endpoints.Ldap.Searching;

namespace LookupProxy.Endpoints.Ldap.Firewall;

/// <summary>The rules that concern one client as whom it is bound, looked for once a bind. Without any rule all is allowed; where there are rules, what none allows is refused.</summary>
internal sealed class Permit(ImmutableArray<FirewallRule>? rules, ISearchLanguage language)
{
    /// <summary>There are no rules: nothing needs to be looked at.</summary>
    public bool AllowsAll => rules is null;

    public Ruling Decide(LdapQuestions question, string? ns = null)
    {
        if (rules is not { } those)
            return new Ruling(true, null, language);
        foreach (var rule in those)
        {
            if (rule.Concerns(question, ns))
                return rule.Ruling;
        }

        return new Ruling(false, null, language);
    }
}
