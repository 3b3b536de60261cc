using System.Text;

namespace LookupProxy.SystemTests.Slapd;

/// <summary>LDIF of inetOrgPerson entries in ou=people.</summary>
internal static class People
{
    public static string BaseDn(string suffix) => $"ou=people,{suffix}";

    /// <summary>The unit and who is in it.</summary>
    public static string LdifWithUnit(string suffix, params IEnumerable<string> addresses) =>
        $"dn: {BaseDn(suffix)}\nobjectClass: organizationalUnit\n\n{Ldif(suffix, addresses)}";

    /// <param name="addresses">Full addresses; the local part is the uid.</param>
    public static string Ldif(string suffix, params IEnumerable<string> addresses)
    {
        var text = new StringBuilder();
        foreach (var address in addresses)
        {
            var uid = address.Split('@')[0];
            text.Append($"""
                dn: uid={uid},{BaseDn(suffix)}
                objectClass: inetOrgPerson
                objectClass: inetLocalMailRecipient
                uid: {uid}
                cn: {uid}
                sn: {uid}
                mail: {address}
                mailLocalAddress: alias.{address}


                """);
        }

        return text.ToString();
    }
}
