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

    public static IReadOnlyList<Setting> All { get; } = [Disabled, Attributes];

    public static ImmutableArray<string> Published(Section section) => Plain(section.Get(Attributes));

    public static ImmutableArray<string> Plain(ImmutableArray<Located<string>> values) => [.. values.Select(static value => value.Value)];

    public static ImmutableArray<Located<string>> Default(params ImmutableArray<string> values) => [.. values.Select(static value => new Located<string>(value, default, ""))];
}
