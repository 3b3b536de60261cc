using System.Text;

namespace LookupProxy.SystemTests.Slapd;

/// <summary>LDIF of inetOrgPerson entries.</summary>
internal static class People
{
    /// <param name="addresses">Full addresses; the local part is the uid.</param>
    public static string Ldif(string suffix, params IEnumerable<string> addresses)
    {
        var text = new StringBuilder();
        foreach (var address in addresses)
        {
            var uid = address.Split('@')[0];
            text.Append($"""
                dn: uid={uid},{suffix}
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
