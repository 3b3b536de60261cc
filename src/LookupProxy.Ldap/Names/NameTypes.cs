using System.Collections.Frozen;

namespace LookupProxy.Ldap.Names;

/// <summary>The attribute types of names (RFC 4514 3) under their usual name, those of certificates' subjects too.</summary>
internal static class NameTypes
{
    /// <summary>What only names say, besides <see cref="AttributeSynonyms"/>.</summary>
    private static readonly FrozenDictionary<string, string> s_inNames = new Dictionary<string, string>
    {
        ["s"] = "st",
        ["streetaddress"] = "street",
        ["1.2.840.113549.1.9.1"] = "e",
        ["email"] = "e",
        ["emailaddress"] = "e",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static string Normalise(string type)
    {
        var lower = type.ToLowerInvariant();
        if (lower.StartsWith("oid.", StringComparison.Ordinal))
            lower = lower[4..];
        return s_inNames.GetValueOrDefault(lower) ?? AttributeSynonyms.Usual(lower).ToLowerInvariant();
    }
}
