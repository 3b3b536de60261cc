using System.Collections.Immutable;
using LookupProxy.Endpoints.Ldap.Entries;
using LookupProxy.Host.Configuration.Values;

namespace LookupProxy.Host.Configuration.Sections;

/// <summary>What the LDAP endpoint's entries hold.</summary>
internal sealed class LdapEntriesSection : SectionReader<LdapEntriesEntry>
{
    private static readonly Setting<ImmutableArray<Located<string>>> ObjectClasses =
        Setting.Optional("objectClasses", new Lists<string>(RecipientKeys.AttributeName, mayBeEmpty: true), []);

    private static readonly Setting<ImmutableArray<Located<LdapMappingEntry>>> Attributes =
        Setting.Optional("attributes", new Lists<LdapMappingEntry>(new LdapMappingSection(), mayBeEmpty: true, separator: null), [], "none");

    private static readonly Setting<ImmutableArray<Located<string>>> MayLeave =
        Setting.Optional("allowed", new Lists<string>(RecipientKeys.AttributeName), [], "all");

    public override IReadOnlyList<Setting> Inner { get; } = [ObjectClasses, Attributes, MayLeave];

    protected override bool TryBuild(Section section, out LdapEntriesEntry value)
    {
        var (mappings, allowed) = (section.Get(Attributes), section.Get(MayLeave));
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (mapping, _, _) in mappings)
        {
            if (!names.Add(mapping.Mapping.Name))
                mapping.Name.Error("another attribute has this name");
            if (section.Has(MayLeave) && !allowed.Any(name => name.Value.Equals(mapping.Mapping.Name, StringComparison.OrdinalIgnoreCase)))
                mapping.Name.Warning("never leaves: it is not among those allowed");
        }

        var options = new EntryOptions
        {
            ObjectClasses = RecipientKeys.Plain(section.Get(ObjectClasses)),
            Attributes = [.. mappings.Select(static mapping => mapping.Value.Mapping)],
            Allowed = section.Has(MayLeave) ? RecipientKeys.Plain(allowed) : null,
        };
        value = new LdapEntriesEntry(
            options, [.. mappings.Select(static mapping => mapping.Value.From).OfType<Located<string>>(), .. allowed.Where(name => !names.Contains(name.Value))]);
        return true;
    }
}
