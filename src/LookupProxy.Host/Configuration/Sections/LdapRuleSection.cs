using System.Collections.Immutable;
using LookupProxy.Endpoints.Ldap.Firewall;
using LookupProxy.Host.Configuration.Values;

namespace LookupProxy.Host.Configuration.Sections;

/// <summary>One rule of the LDAP endpoint's firewall.</summary>
internal sealed class LdapRuleSection : SectionReader<LdapRuleEntry>
{
    private static readonly Setting<string> Name = Setting.Required(
        "name", new Texts(Names.Allowed, static text => Names.IsName(text) ? null : "not a name"), "");

    private static readonly Setting<bool> Action = Setting.Required("action", new Choices<bool>(("allow", true), ("deny", false)), true);

    private static readonly Setting<ImmutableArray<Located<ClientNetwork>>> Networks =
        Setting.Optional("networks", new Lists<ClientNetwork>(ClientNetworks.Any), [], "any");

    // A DN holds commas.
    private static readonly Setting<ImmutableArray<Located<string>>> Accounts = Setting.Optional(
        "accounts", new Lists<string>(new Texts("an account's dn, anonymous or users"), separator: null), [], "any");

    private static readonly Setting<ImmutableArray<Located<LdapQuestions>>> Questions = Setting.Optional(
        "questions",
        new Lists<LdapQuestions>(new Choices<LdapQuestions>(
            ("address", LdapQuestions.Address), ("enumeration", LdapQuestions.Enumeration), ("bind", LdapQuestions.UserBind))),
        [],
        "any");

    private static readonly Setting<ImmutableArray<Located<string>>> Namespaces =
        Setting.Optional("namespaces", new Lists<string>(new Texts("names under namespaces")), [], "any");

    private static readonly Setting<string?> View = Setting.Maybe("view", new Texts("a view's name"), "any");

    private static readonly Setting<ImmutableArray<Located<string>>> Attributes =
        Setting.Optional("attributes", new Lists<string>(RecipientKeys.AttributeName), [], "all");

    public override IReadOnlyList<Setting> Inner { get; } = [Name, Action, Networks, Accounts, Questions, Namespaces, View, Attributes];

    protected override bool TryBuild(Section section, out LdapRuleEntry value)
    {
        var (allow, accounts, namespaces, view) = (section.Get(Action), section.Get(Accounts), section.Get(Namespaces), section.Get(View));
        if (!allow && section.Has(Attributes))
            section.At(Attributes).Error("a rule that denies lets no attribute out; leave it away, or allow");
        var rule = new LdapRule
        {
            Name = section.Get(Name),
            Allow = allow,
            Networks = [.. section.Get(Networks).Select(static network => network.Value)],
            Accounts = RecipientKeys.Plain(accounts),
            Questions = section.Has(Questions) ? section.Get(Questions).Aggregate(LdapQuestions.None, static (all, one) => all | one.Value) : LdapQuestions.All,
            Namespaces = section.Has(Namespaces) || view is not null ? RecipientKeys.Plain(namespaces) : null,
            Attributes = section.Has(Attributes) ? RecipientKeys.Plain(section.Get(Attributes)) : null,
        };
        value = new LdapRuleEntry(
            rule, section.At(Name), accounts, namespaces, view is null ? null : new Located<string>(view, section.ValueOrigin(View), section.At(View).Path));
        return true;
    }
}
