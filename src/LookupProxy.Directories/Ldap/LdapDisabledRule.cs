using System.Collections.Immutable;

namespace LookupProxy.Directories.Ldap;

/// <summary>How an entry says that its account is disabled. An attribute that is missing or unreadable says nothing, so the account counts as enabled.</summary>
public sealed record LdapDisabledRule(string Attribute)
{
    /// <summary>Values that mean disabled, without regard to case.</summary>
    public ImmutableArray<string> Values { get; init; } = [];

    /// <summary>Bits of an integer value, any of which means disabled; 0 for none.</summary>
    public long Bits { get; init; }

    /// <summary>Where this attribute is present, the rule holds only for its values in <see cref="Kinds"/>.</summary>
    public string? KindAttribute { get; init; }

    public ImmutableArray<string> Kinds { get; init; } = [];
}
