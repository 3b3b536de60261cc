using LookupProxy.Endpoints.Policy;
using LookupProxy.Host.Configuration.Values;

namespace LookupProxy.Host.Configuration.Sections;

/// <summary>What the policy endpoint says. Whether an action is a good one is the endpoint's to judge: <see cref="PolicyReplyRules"/>.</summary>
internal sealed class RepliesSection : SectionReader<PolicyReplies>
{
    private static readonly PolicyReplies Defaults = new();
    private static readonly Texts Action = new("an access(5) action; {address} {domain} {reason} are replaced");

    private static readonly Setting<string> Valid = Setting.Optional("valid", Action, Defaults.Valid);
    private static readonly Setting<string> Invalid = Setting.Optional("invalid", Action, Defaults.Invalid);
    private static readonly Setting<string> Unknown = Setting.Optional("unknown", Action, Defaults.Unknown);
    private static readonly Setting<string> NotOurs = Setting.Optional("notOurs", Action, Defaults.NotOurs);
    private static readonly Setting<string> BadSyntax = Setting.Optional("badSyntax", Action, Defaults.BadSyntax);
    private static readonly Setting<string> AuthenticationRequired = Setting.Optional("authenticationRequired", Action, Defaults.AuthenticationRequired);
    private static readonly Setting<string> Disabled = Setting.Optional("disabled", Action, Defaults.Disabled);

    public override IReadOnlyList<Setting> Inner { get; } = [Valid, Invalid, Unknown, NotOurs, BadSyntax, AuthenticationRequired, Disabled];

    protected override bool TryBuild(Section section, out PolicyReplies value)
    {
        value = new PolicyReplies
        {
            Valid = section.Get(Valid),
            Invalid = section.Get(Invalid),
            Unknown = section.Get(Unknown),
            NotOurs = section.Get(NotOurs),
            BadSyntax = section.Get(BadSyntax),
            AuthenticationRequired = section.Get(AuthenticationRequired),
            Disabled = section.Get(Disabled),
        };
        foreach (var fault in PolicyReplyRules.Check(value))
            Tell(section, fault);
        return true;
    }

    private void Tell(Section section, PolicyReplyFault fault)
    {
        var setting = Inner.First(setting => setting.Key.Equals(fault.Reply, StringComparison.OrdinalIgnoreCase));
        section.At(setting).Error(section.ValueOrigin(setting), fault.Message, fault.Value);
    }
}
