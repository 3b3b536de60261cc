using LookupProxy.Directories.Ldap;
using LookupProxy.Endpoints.Ldap.Entries;
using LookupProxy.Host.Configuration.Values;

namespace LookupProxy.Host.Configuration.Sections;

/// <summary>One attribute of the operator's own.</summary>
internal sealed class LdapMappingSection : SectionReader<LdapMappingEntry>
{
    private static readonly Texts AttributeName = new("an attribute's name", LdapOptionsCheck.AttributeFault);

    private static readonly Setting<string> Name = Setting.Required("name", AttributeName, "");
    private static readonly Setting<string?> From = Setting.Maybe("from", AttributeName);

    private static readonly Setting<string?> Value = Setting.Maybe("value", new Texts("a text", static text => text.Length == 0 ? "is empty" : null));

    public override IReadOnlyList<Setting> Inner { get; } = [Name, From, Value];

    protected override bool TryBuild(Section section, out LdapMappingEntry value)
    {
        var (name, from, constant) = (section.Get(Name), section.Get(From), section.Get(Value));
        if (section.Has(From) == section.Has(Value))
            section.Scope.Error(section.Scope.KeyOrigin, section.Has(From) ? "from and value; one of them is enough" : "has no value; give from or value");
        if (EntryOptions.IsFixed(name))
            section.At(Name).Error("what every entry has of its own; classes are added in objectClasses");
        value = new LdapMappingEntry(
            new AttributeMapping(name, constant, from), section.At(Name), from is null ? null : new Located<string>(from, section.ValueOrigin(From), section.At(From).Path));
        return true;
    }
}
