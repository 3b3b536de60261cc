using System.Collections.Frozen;
using System.Collections.Immutable;
using LookupProxy.Ldap.Names;

namespace LookupProxy.Endpoints.Ldap.Entries;

/// <summary>Which attributes entries have, under which names, and which of them may leave. One for all entries of an endpoint.</summary>
internal sealed class EntryLayout
{
    private readonly FrozenDictionary<string, EntryAttribute> _byName;
    private readonly FrozenSet<string> _ownNames;
    private readonly FrozenSet<string>? _allowed;
    private readonly FrozenSet<string> _caseSensitive;
    private readonly FrozenDictionary<string, FrozenSet<string>>? _published;

    public EntryLayout(string suffix, EntryOptions options)
    {
        Suffix = suffix;
        Names = new EntryNames(suffix);
        ExtraClasses = options.ObjectClasses;
        _caseSensitive = options.CaseSensitive;
        _allowed = options.Allowed?.SelectMany(static name => new[] { name, AttributeSynonyms.Usual(name) }).ToFrozenSet(StringComparer.OrdinalIgnoreCase);
        _published = options.Published?.ToFrozenDictionary(
            static directory => directory.Key, static directory => directory.Value.ToFrozenSet(StringComparer.OrdinalIgnoreCase), StringComparer.Ordinal);
        var attributes = UniformAttributes.All.ToList();
        foreach (var mapping in options.Attributes)
        {
            var known = attributes.FindIndex(attribute => attribute.Name.Equals(mapping.Name, StringComparison.OrdinalIgnoreCase));
            if (known >= 0)
                attributes[known] = attributes[known] with { Uniform = Mapped(mapping), IsMerged = true, Source = SourceOf(mapping) };
            else
                attributes.Add(new EntryAttribute(mapping.Name, "", Mapped(mapping)) { IsMerged = true, Source = SourceOf(mapping) });
        }

        Attributes = [.. attributes];
        _ownNames = attributes.Select(static attribute => attribute.Name).Concat(options.Published?.Values.SelectMany(static names => names) ?? [])
            .ToFrozenSet(StringComparer.OrdinalIgnoreCase);
        var byName = attributes.ToDictionary(static attribute => attribute.Name, StringComparer.OrdinalIgnoreCase);
        foreach (var attribute in attributes)
        {
            foreach (var name in OtherNames(attribute.Name))
                byName.TryAdd(name, attribute);
            if (attribute.Oid.Length > 0)
                byName.TryAdd(attribute.Oid, attribute);
        }

        _byName = byName.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }

    public string Suffix { get; }

    public EntryNames Names { get; }

    public ImmutableArray<string> ExtraClasses { get; }

    /// <summary>In the order in which they are sent.</summary>
    public ImmutableArray<EntryAttribute> Attributes { get; }

    /// <param name="name">Any of its names, or its OID, without options.</param>
    public EntryAttribute? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>
    /// The one name under which an attribute is known here, for each that it has (RFC 4512 2.5): the only place that knows of the others. A name that is an
    /// attribute's own, because the operator or a directory calls one so, stands for no other.
    /// </summary>
    public string UsualName(string name) => Find(name)?.Name ?? (_ownNames.Contains(name) ? name : AttributeSynonyms.Usual(name));

    /// <summary>Names that stand for an attribute besides its usual one; no numbers.</summary>
    public IEnumerable<string> OtherNames(string usual) => AttributeSynonyms.Of(usual).Where(name => !_ownNames.Contains(name) && !name.Equals(usual, StringComparison.OrdinalIgnoreCase));

    /// <param name="ns">Null for none.</param>
    public bool IsCaseSensitive(string? ns) => ns is not null && _caseSensitive.Contains(ns);

    public bool MayLeave(string name) => _allowed is null || _allowed.Contains(name);

    /// <summary>Whether a directory is asked for an attribute, so that a recipient of whom it gives none has none; null when there is no telling.</summary>
    public bool? Publishes(string directory, string name) =>
        _published is null ? null : _published.TryGetValue(directory, out var names) && names.Contains(name);

    private static EntryAttribute? UniformOf(string name) =>
        UniformAttributes.All.FirstOrDefault(attribute => attribute.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static string? SourceOf(AttributeMapping mapping) =>
        mapping.From is not { } from || UniformOf(from) is { Source: null } ? null : from;

    /// <summary>What is mapped from may itself be kept from leaving.</summary>
    private static Func<RecipientEntry, EntryValues> Mapped(AttributeMapping mapping)
    {
        if (mapping.From is not { } from)
            return _ => mapping.Constant;
        var uniform = UniformOf(from)?.Uniform;
        return entry =>
        {
            if (entry.Recipient is { } recipient && recipient.Attributes.TryGetValue(from, out var values))
                return values;
            return uniform is null ? default : uniform(entry);
        };
    }
}
