using System.Globalization;

namespace LookupProxy.Benchmarks.Listing;

/// <summary>A directory of any number of people, for slapadd: `listing ldif COUNT`.</summary>
internal static class PeopleLdif
{
    public const string Suffix = "dc=bench,dc=local";
    public const string ServiceDn = "cn=svc-lookup," + Suffix;
    public const string Password = "Lookup-Pw1!";

    /// <param name="count">Each has two addresses.</param>
    public static void Write(TextWriter output, int count)
    {
        output.Write($"""
            dn: {Suffix}
            objectClass: dcObject
            objectClass: organization
            o: bench
            dc: bench

            dn: {ServiceDn}
            objectClass: person
            cn: svc-lookup
            sn: lookup
            userPassword: {Password}

            dn: ou=people,{Suffix}
            objectClass: organizationalUnit

            """);
        for (var i = 0; i < count; i++)
        {
            output.Write(string.Create(CultureInfo.InvariantCulture, $"""

                dn: uid=u{i:D7},ou=people,{Suffix}
                objectClass: inetOrgPerson
                objectClass: inetLocalMailRecipient
                uid: u{i:D7}
                cn: Firstname Lastname {i}
                sn: Lastname
                givenName: Firstname
                telephoneNumber: +49 30 {i:D7}
                mail: firstname.lastname{i}@corp.example
                mailLocalAddress: u{i:D7}@corp.example

                """));
        }
    }
}
