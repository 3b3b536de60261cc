using System.Collections.Immutable;

namespace LookupProxy.Resolution.Model;

/// <summary>A named set of namespaces that a request may choose (Postfix policy_context, a socketmap's map name).</summary>
public sealed record ViewDefinition(string Name, ImmutableArray<string> Namespaces)
{
    /// <summary>The view of a request that names none, or one that does not exist. All namespaces unless the operator defines it.</summary>
    public const string Default = "default";
}
