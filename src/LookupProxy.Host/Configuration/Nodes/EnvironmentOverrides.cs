using System.Globalization;

namespace LookupProxy.Host.Configuration.Nodes;

/// <summary>
/// LOOKUPPROXY__cache__exists=30m is cache.exists: two underscores stand for a step, a number for a list's element.
/// Keys are matched without regard to case, since variables are mostly written in capitals.
/// </summary>
internal static class EnvironmentOverrides
{
    public const string Prefix = "LOOKUPPROXY__";
    public const string SourcePrefix = "environment variable ";

    /// <param name="path">As faults write it.</param>
    public static string VariableOf(string path) => Prefix + path.Replace("[", ".", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal).Replace(".", "__", StringComparison.Ordinal);

    public static ConfigNode Apply(ConfigNode root, IReadOnlyDictionary<string, string> environment)
    {
        foreach (var (name, value) in environment.OrderBy(static variable => variable.Key, StringComparer.Ordinal))
        {
            if (!name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) || name.Length == Prefix.Length)
                continue;
            var origin = new Origin(SourcePrefix + name);
            var steps = name[Prefix.Length..].Split("__");
            root = Put(root, steps, new ConfigNode.Scalar(origin, value, IsPlain: false));
        }

        return root;
    }

    private static ConfigNode Put(ConfigNode? node, ReadOnlySpan<string> steps, ConfigNode.Scalar value)
    {
        if (steps.IsEmpty)
            return value;
        if (int.TryParse(steps[0], NumberStyles.None, CultureInfo.InvariantCulture, out var index) && node is not ConfigNode.Mapping)
            return PutItem(AsList(node), index, steps[1..], value);
        return PutEntry(node as ConfigNode.Mapping, steps, value);
    }

    /// <summary>One value alone is a list of one.</summary>
    private static ConfigNode.Sequence? AsList(ConfigNode? node) =>
        node is ConfigNode.Scalar { IsEmpty: false } single ? new ConfigNode.Sequence(single.Origin, [single]) : node as ConfigNode.Sequence;

    /// <summary>An index past the end appends: a gap in a list would have no meaning.</summary>
    private static ConfigNode.Sequence PutItem(ConfigNode.Sequence? list, int index, ReadOnlySpan<string> rest, ConfigNode.Scalar value)
    {
        var items = list?.Items ?? [];
        items = index < items.Length
            ? items.SetItem(index, Put(items[index], rest, value))
            : items.Add(Put(null, rest, value));
        return new ConfigNode.Sequence(list?.Origin ?? value.Origin, items);
    }

    private static ConfigNode.Mapping PutEntry(ConfigNode.Mapping? section, ReadOnlySpan<string> steps, ConfigNode.Scalar value)
    {
        var entries = section?.Entries ?? [];
        for (var i = 0; i < entries.Length; i++)
        {
            var entry = entries[i];
            if (!entry.Key.Equals(steps[0], StringComparison.OrdinalIgnoreCase))
                continue;
            var changed = entry with { Value = Put(entry.Value, steps[1..], value) };
            return section! with { Entries = entries.SetItem(i, changed) };
        }

        var added = new ConfigNode.Entry(steps[0], value.Origin, Put(null, steps[1..], value));
        return new ConfigNode.Mapping(section?.Origin ?? value.Origin, entries.Add(added));
    }
}
