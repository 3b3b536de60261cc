using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using LookupProxy.Directories.Entries;

namespace LookupProxy.Directories.File.Reading.Ldif;

/// <summary>Which attributes are read, by name without regard to case.</summary>
internal sealed class AttributeUses
{
    private const int LongestName = 128;

    private static readonly (string Name, SpecialAttribute Meaning)[] _special =
    [
        ("objectClass", SpecialAttribute.ObjectClass),
        (AccountControl.Attribute, SpecialAttribute.UserAccountControl),
        (AccountControl.KindAttribute, SpecialAttribute.RecipientTypeDetails),
        ("msExchRequireAuthToSendTo", SpecialAttribute.RequireAuthToSendTo),
    ];

    private readonly FrozenDictionary<string, AttributeUse>.AlternateLookup<ReadOnlySpan<char>> _uses;

    public AttributeUses(FileDirectoryOptions options)
    {
        var names = options.AddressAttributes.Concat(options.PublishedAttributes).Concat(_special.Select(static special => special.Name));
        _uses = names.Distinct(StringComparer.OrdinalIgnoreCase)
            .ToFrozenDictionary(static name => name, name => Of(name, options), StringComparer.OrdinalIgnoreCase)
            .GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public bool TryFind(ReadOnlySpan<byte> name, [NotNullWhen(true)] out AttributeUse? use)
    {
        use = null;
        Span<char> text = stackalloc char[LongestName];
        return Encoding.UTF8.TryGetChars(name, text, out var length) && _uses.TryGetValue(text[..length], out use);
    }

    private static AttributeUse Of(string name, FileDirectoryOptions options)
    {
        var published = options.PublishedAttributes.ToList().FindIndex(attribute => Same(attribute, name));
        return new AttributeUse(
            HoldsAddress: options.AddressAttributes.Any(attribute => Same(attribute, name)),
            NeedsPrefix: Same(name, "otherMailbox"),
            IsMail: Same(name, "mail"),
            Published: published < 0 ? null : published,
            Special: _special.FirstOrDefault(special => Same(special.Name, name)).Meaning);
    }

    private static bool Same(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);
}
