using LookupProxy.Host.Configuration.Nodes;
using LookupProxy.Host.Configuration.Values;

namespace LookupProxy.Host.Configuration.Sections;

/// <summary>One setting, declared once: its key, how it is read, what is allowed, what it is when not given.</summary>
internal abstract class Setting(string key)
{
    public string Key { get; } = key;

    public abstract string Allowed { get; }

    /// <summary>For documentation: the default as an operator would write it, "required" or "none".</summary>
    public abstract string Default { get; }

    public abstract IReadOnlyList<Setting> Inner { get; }

    public abstract string InnerStep { get; }

    /// <summary>False for what only a later version has.</summary>
    public abstract bool IsBuilt { get; }

    /// <param name="shown">What documentation says of a default that no value stands for.</param>
    public static Setting<T> Optional<T>(string key, ValueReader<T> reader, T @default, string? shown = null) =>
        new(key, reader, @default, shown ?? (@default is null ? "none" : reader.Show(@default) ?? "none"), isRequired: false);

    /// <summary>Null when not given.</summary>
    public static Setting<T?> Maybe<T>(string key, ValueReader<T> reader, string shown = "none")
        where T : class =>
        new(key, reader!, null, shown, isRequired: false);

    /// <param name="fallback">What reading goes on with after the fault.</param>
    public static Setting<T> Required<T>(string key, ValueReader<T> reader, T fallback) => new(key, reader, fallback, "required", isRequired: true);

    public static Setting<object?> Later(string key) => new(key, NotInThisVersion.Any, null, "none", isRequired: false);
}

internal sealed class Setting<T>(string key, ValueReader<T> reader, T fallback, string shown, bool isRequired) : Setting(key)
{
    public T Fallback => fallback;

    public bool IsRequired => isRequired;

    public override string Allowed => reader.Allowed;

    public override string Default => shown;

    public override IReadOnlyList<Setting> Inner => reader.Inner;

    public override string InnerStep => reader.InnerStep;

    public override bool IsBuilt => reader is not NotInThisVersion;

    public T Read(ConfigNode node, ReadScope scope) => reader.TryRead(node, scope, out var value) ? value : fallback;
}
