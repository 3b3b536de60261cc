using System.Collections.Immutable;

namespace LookupProxy.Endpoints.Ldap.Entries;

/// <summary>
/// A long list of attributes asked for, read once for all entries of a search: a client may ask for hundreds of names of a hundred recipients,
/// and each name of each would be looked up.
/// </summary>
internal sealed class LongAttributeList
{
    /// <summary>More names than this make a list long. Gateways ask for one or a few, address books for some dozens.</summary>
    private const int LongerThan = 64;

    /// <summary>A search makes its entries one after another in one thread.</summary>
    [ThreadStatic]
    private static LongAttributeList? s_last;

    private readonly ImmutableArray<string> _asked;
    private readonly EntryLayout _layout;
    private readonly ImmutableArray<string> _known;
    private readonly HashSet<string> _others = new(StringComparer.OrdinalIgnoreCase);

    private LongAttributeList(ImmutableArray<string> asked, EntryLayout layout)
    {
        _asked = asked;
        _layout = layout;
        var known = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var description in asked)
        {
            var name = AttributeSelection.WithoutRange(description);
            if (name is AttributeSelection.AllUser or AttributeSelection.AllOperational)
                known.Add(name);
            else if (layout.Find(name) is { } attribute)
                known.Add(attribute.Name);
            else
                _others.Add(layout.UsualName(name));
        }

        _known = [.. known];
    }

    /// <returns>What selects the same of <paramref name="entry"/> as <paramref name="asked"/> does, and is no longer than what there is to select.</returns>
    public static ImmutableArray<string> Shorten(ImmutableArray<string> asked, RecipientEntry entry)
    {
        if (asked.Length <= LongerThan)
            return asked;
        if (s_last is not { } list || list._asked != asked || !ReferenceEquals(list._layout, entry.Layout))
            s_last = list = new LongAttributeList(asked, entry.Layout);
        return entry.Recipient is { Attributes.IsEmpty: false } recipient ? [.. list._known, .. recipient.Attributes.Keys.Where(list._others.Contains)] : list._known;
    }
}
