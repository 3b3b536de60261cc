using System.Diagnostics.CodeAnalysis;
using LookupProxy.Host.Configuration.Nodes;
using LookupProxy.Host.Configuration.Sections;

namespace LookupProxy.Host.Configuration.Values;

/// <summary>Reads one kind of value, strictly. Immutable, declared once, shared by all settings of its kind.</summary>
internal abstract class ValueReader<T>
{
    /// <summary>What may be written: for faults and documentation.</summary>
    public abstract string Allowed { get; }

    /// <summary>The settings inside, when the value is a section or a map or list of sections.</summary>
    public virtual IReadOnlyList<Setting> Inner => [];

    /// <summary>What stands between this value's key and those of <see cref="Inner"/>: nothing, ".NAME" or "[n]".</summary>
    public virtual string InnerStep => "";

    /// <summary>Tells every fault to <paramref name="scope"/>. False when there is no value to go on with.</summary>
    public abstract bool TryRead(ConfigNode node, ReadScope scope, [MaybeNullWhen(false)] out T value);

    /// <summary>As an operator would write it; null when it can't be shown in a line.</summary>
    public virtual string? Show(T value) => value?.ToString();
}
