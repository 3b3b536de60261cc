using LookupProxy.Host.Configuration.Nodes;

namespace LookupProxy.Host.Configuration.Sections;

/// <summary>One section as it was written, to be asked for its settings' values.</summary>
internal sealed class Section
{
    private readonly Dictionary<Setting, ConfigNode.Entry> _given = [];

    /// <param name="undeclared">The entries that no setting in <paramref name="declared"/> is called.</param>
    public Section(ConfigNode.Mapping mapping, IReadOnlyList<Setting> declared, ReadScope scope, out List<ConfigNode.Entry> undeclared)
    {
        Scope = scope;
        undeclared = [];
        foreach (var entry in mapping.Entries)
        {
            if (Declared(entry, declared) is { } setting)
                _given[setting] = entry;
            else
                undeclared.Add(entry);
        }
    }

    public ReadScope Scope { get; }

    /// <summary>What the operator called it, for sections that have names.</summary>
    public string Name => Scope.Key;

    public IEnumerable<Setting> Given => _given.Keys;

    public bool Has(Setting setting) => _given.ContainsKey(setting);

    /// <summary>The place of a setting; of the section when the setting is not given.</summary>
    public ReadScope At(Setting setting) =>
        Scope.At(setting.Key, _given.TryGetValue(setting, out var entry) ? entry.KeyOrigin : Scope.KeyOrigin);

    /// <summary>Where a setting's value stands, or would.</summary>
    public Origin ValueOrigin(Setting setting) => _given.TryGetValue(setting, out var entry) ? entry.Value.Origin : Scope.KeyOrigin;

    public T Get<T>(Setting<T> setting)
    {
        if (_given.TryGetValue(setting, out var entry))
            return setting.Read(entry.Value, At(setting));
        if (setting.IsRequired)
            At(setting).Error(Scope.KeyOrigin, "is missing", allowed: setting.Allowed);
        return setting.Fallback;
    }

    /// <summary>Exact, but for environment variables, which are mostly in capitals.</summary>
    private static Setting? Declared(ConfigNode.Entry entry, IReadOnlyList<Setting> declared)
    {
        var comparison = entry.KeyOrigin.IsEnvironment ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        return declared.FirstOrDefault(setting => setting.Key.Equals(entry.Key, comparison));
    }
}
