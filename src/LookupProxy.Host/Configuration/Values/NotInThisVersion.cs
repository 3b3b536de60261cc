using LookupProxy.Host.Configuration.Nodes;

namespace LookupProxy.Host.Configuration.Values;

/// <summary>A setting that a later version has: said so, rather than ignored or called unknown.</summary>
internal sealed class NotInThisVersion : ValueReader<object?>
{
    public static readonly NotInThisVersion Any = new();

    public override string Allowed => "nothing";

    public override bool TryRead(ConfigNode node, ReadScope scope, out object? value)
    {
        value = null;
        scope.Error(node.Origin, "not in this version; remove it");
        return false;
    }
}
