using System.Collections.Immutable;
using LookupProxy.Ldap.Names;

namespace LookupProxy.Directories.Ldap.Answers;

/// <summary>Which references (RFC 4511 4.5.3) mean that a part of the tree that may hold recipients was not searched.</summary>
internal sealed class ReferenceJudge(ReferencesPolicy policy, bool activeDirectoryPartitions)
{
    /// <returns>The first reference that counts; null when none does.</returns>
    public string? FirstThatCounts(ImmutableArray<string> references, string baseDn)
    {
        if (policy is ReferencesPolicy.Ignore)
            return null;
        foreach (var reference in references)
        {
            if (!activeDirectoryPartitions || !IsActiveDirectoryPartition(reference, baseDn))
                return reference;
        }

        return null;
    }

    /// <summary>
    /// AD names its own partitions after the domain they belong to: DC=DomainDnsZones,DC=contoso,DC=example. Only those of the searched base's
    /// own forest are meant; a child domain (DC=child,…) is none of them and counts.
    /// </summary>
    private static bool IsActiveDirectoryPartition(string reference, string baseDn)
    {
        if (!LdapUrl.TryParse(reference, out var url) || !DistinguishedName.TryParse(url.Dn, out var name) || !DistinguishedName.TryParse(baseDn, out var searched))
            return false;
        return Above(name.Rdns) is { IsEmpty: false } domain
            && domain.All(IsDomainComponent)
            && (searched.IsRoot || IsSameForest(domain, searched.Rdns));
    }

    /// <summary>What a partition's name stands on; empty when it is no partition's name.</summary>
    private static ImmutableArray<RelativeName> Above(ImmutableArray<RelativeName> rdns) => rdns switch
    {
        [var schema, var configuration, ..] when Is(schema, "cn", "Schema") && Is(configuration, "cn", "Configuration") => rdns[2..],
        [var first, ..] when Is(first, "cn", "Configuration") || Is(first, "dc", "DomainDnsZones") || Is(first, "dc", "ForestDnsZones") => rdns[1..],
        _ => [],
    };

    private static bool IsSameForest(ImmutableArray<RelativeName> domain, ImmutableArray<RelativeName> searched)
    {
        var domainFrom = searched.Length;
        while (domainFrom > 0 && IsDomainComponent(searched[domainFrom - 1]))
            domainFrom--;
        var own = searched[domainFrom..];
        return !own.IsEmpty && (EndsWith(domain, own) || EndsWith(own, domain));
    }

    private static bool EndsWith(ImmutableArray<RelativeName> name, ImmutableArray<RelativeName> suffix) =>
        name.Length >= suffix.Length && name[^suffix.Length..].Zip(suffix).All(static pair => Is(pair.First, "dc", pair.Second.Attributes[0].Value));

    private static bool IsDomainComponent(RelativeName rdn) => rdn.Attributes is [{ } only] && Equal(only.Type, "dc");

    private static bool Is(RelativeName rdn, string type, string value) =>
        rdn.Attributes is [{ } only] && Equal(only.Type, type) && Equal(only.Value, value);

    private static bool Equal(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
