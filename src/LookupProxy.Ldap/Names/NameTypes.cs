using System.Collections.Frozen;

namespace LookupProxy.Ldap.Names;

/// <summary>The attribute types of RFC 4514 3 under their other names and OIDs (RFC 4519), and those of certificates' subjects.</summary>
internal static class NameTypes
{
    private static readonly FrozenDictionary<string, string> s_short = new Dictionary<string, string>
    {
        ["2.5.4.3"] = "cn",
        ["commonname"] = "cn",
        ["2.5.4.4"] = "sn",
        ["surname"] = "sn",
        ["2.5.4.6"] = "c",
        ["countryname"] = "c",
        ["2.5.4.7"] = "l",
        ["localityname"] = "l",
        ["2.5.4.8"] = "st",
        ["s"] = "st",
        ["stateorprovincename"] = "st",
        ["2.5.4.9"] = "street",
        ["streetaddress"] = "street",
        ["2.5.4.10"] = "o",
        ["organizationname"] = "o",
        ["2.5.4.11"] = "ou",
        ["organizationalunitname"] = "ou",
        ["0.9.2342.19200300.100.1.1"] = "uid",
        ["userid"] = "uid",
        ["0.9.2342.19200300.100.1.25"] = "dc",
        ["domaincomponent"] = "dc",
        ["1.2.840.113549.1.9.1"] = "e",
        ["email"] = "e",
        ["emailaddress"] = "e",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static string Normalise(string type)
    {
        var lower = type.ToLowerInvariant();
        if (lower.StartsWith("oid.", StringComparison.Ordinal))
            lower = lower[4..];
        return s_short.GetValueOrDefault(lower, lower);
    }
}
