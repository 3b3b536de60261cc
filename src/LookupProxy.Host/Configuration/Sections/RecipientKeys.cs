using System.Collections.Frozen;
using System.Collections.Immutable;
using LookupProxy.Directories.Ldap;
using LookupProxy.Host.Configuration.Values;

namespace LookupProxy.Host.Configuration.Sections;

/// <summary>The keys of a directory, of any type that has entries, that say what counts as a recipient and what is told of one.</summary>
internal static class RecipientKeys
{
    public static readonly Texts AttributeName = new("attribute names", LdapOptionsCheck.AttributeFault);

    public static readonly Setting<bool?> Disabled = Setting.Optional<bool?>(
        "disabled", new Choices<bool?>(("exists", true), ("absent", false)), null, "the schema's; exists in a file");

    private static readonly Setting<ImmutableArray<Located<string>>> Attributes = Setting.Optional<ImmutableArray<Located<string>>>(
        "attributes", new Lists<string>(AttributeName, mayBeEmpty: true), Default("mail", "proxyAddresses"));

    /// <summary>Servers that allow it give hashes of passwords, or passwords.</summary>
    private static readonly FrozenSet<string> Secret = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase, "userPassword", "unicodePwd", "sambaNTPassword", "sambaLMPassword", "krbPrincipalKey", "ms-Mcs-AdmPwd", "msLAPS-Password");

    public static IReadOnlyList<Setting> All { get; } = [Disabled, Attributes];

    public static ImmutableArray<string> Published(Section section)
    {
        var attributes = section.Get(Attributes);
        foreach (var attribute in attributes.Where(static attribute => Secret.Contains(attribute.Value)))
            section.Scope.Context.Faults.Warning(attribute.Origin, attribute.Path, $"{attribute.Value} holds passwords, which whoever may ask would be told");
        // In whatever case: entries have no attribute twice.
        return [.. Plain(attributes).Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    public static ImmutableArray<string> Plain(ImmutableArray<Located<string>> values) => [.. values.Select(static value => value.Value)];

    public static ImmutableArray<Located<string>> Default(params ImmutableArray<string> values) => [.. values.Select(static value => new Located<string>(value, default, ""))];
}
