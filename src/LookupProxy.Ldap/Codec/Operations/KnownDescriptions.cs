using System.Text;
using LookupProxy.Ldap.Ber;

namespace LookupProxy.Ldap.Codec.Operations;

/// <summary>Attribute descriptions that recipients' entries and filters have: these need no new string for every entry.</summary>
internal static class KnownDescriptions
{
    private static readonly string[][] s_byLength = ByLength(
    [
        "cn", "sn", "uid", "mail", "member", "aliases", "objectClass", "displayName", "description", "objectGUID", "entryUUID", "memberOf", "maildrop",
        "targetAddress", "proxyAddresses", "accountStatus", "objectCategory", "distinguishedName", "userPrincipalName", "userAccountControl", "sAMAccountName",
        "mailLocalAddress", "mailRoutingAddress", "mailAlternateAddress", "legacyExchangeDN", "msExchRecipientTypeDetails", "msExchRequireAuthToSendTo",
        "zimbraMailAlias", "zimbraMailStatus", "zimbraMailDeliveryAddress",
    ]);

    public static string Read(ref BerReader reader)
    {
        var octets = reader.ReadSpan(BerTag.OctetString);
        if (octets.Length < s_byLength.Length)
        {
            foreach (var known in s_byLength[octets.Length])
            {
                if (Ascii.Equals(octets, known))
                    return known;
            }
        }

        return Encoding.UTF8.GetString(octets);
    }

    private static string[][] ByLength(string[] known) =>
        [.. Enumerable.Range(0, known.Max(name => name.Length) + 1).Select(length => known.Where(name => name.Length == length).ToArray())];
}
