using System.Collections.Immutable;

namespace LookupProxy.Host.Configuration.Nodes;

/// <summary>A configuration as it was written, before anything is known of its meaning.</summary>
internal abstract record ConfigNode(Origin Origin)
{
    /// <summary>What it is, for a fault's text.</summary>
    public abstract string Kind { get; }

    /// <param name="IsPlain">Without quotes, so that nothing at all means "no value".</param>
    public sealed record Scalar(Origin Origin, string Text, bool IsPlain) : ConfigNode(Origin)
    {
        public override string Kind => IsEmpty ? "nothing" : "a value";

        public bool IsEmpty => IsPlain && Text is "" or "~" or "null";
    }

    public sealed record Mapping(Origin Origin, ImmutableArray<Entry> Entries) : ConfigNode(Origin)
    {
        public override string Kind => "a section";
    }

    public sealed record Sequence(Origin Origin, ImmutableArray<ConfigNode> Items) : ConfigNode(Origin)
    {
        public override string Kind => "a list";
    }

    public readonly record struct Entry(string Key, Origin KeyOrigin, ConfigNode Value);
}
