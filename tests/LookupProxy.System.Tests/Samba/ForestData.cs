using System.Text;

namespace LookupProxy.SystemTests.Samba;

/// <summary>LDIF of one forest as Exchange would have left it, small. Every address of the shared domain begins with the forest's name.</summary>
internal static class ForestData
{
    /// <summary>The two attributes of Exchange's schema that say something of a recipient, with Exchange's own OIDs.</summary>
    public static string SchemaAttributes(string baseDn) =>
        $"""
        dn: CN=targetAddress,CN=Schema,CN=Configuration,{baseDn}
        objectClass: attributeSchema
        lDAPDisplayName: targetAddress
        attributeID: 1.2.840.113556.1.2.352
        attributeSyntax: 2.5.5.12
        oMSyntax: 64
        isSingleValued: TRUE
        isMemberOfPartialAttributeSet: TRUE

        dn: CN=msExchRequireAuthToSendTo,CN=Schema,CN=Configuration,{baseDn}
        objectClass: attributeSchema
        lDAPDisplayName: msExchRequireAuthToSendTo
        attributeID: 1.2.840.113556.1.4.5062
        attributeSyntax: 2.5.5.8
        oMSyntax: 1
        isSingleValued: TRUE
        isMemberOfPartialAttributeSet: TRUE

        dn:
        changetype: modify
        add: schemaUpdateNow
        schemaUpdateNow: 1

        """;

    public static string SchemaClasses(string baseDn)
    {
        var text = new StringBuilder();
        foreach (var name in (string[])["User", "Group", "Contact"])
        {
            text.Append($"""
                dn: CN={name},CN=Schema,CN=Configuration,{baseDn}
                changetype: modify
                add: mayContain
                mayContain: targetAddress
                mayContain: msExchRequireAuthToSendTo


                """);
        }

        return text.Append("""
            dn:
            changetype: modify
            add: schemaUpdateNow
            schemaUpdateNow: 1

            """).ToString();
    }

    public static string Recipients(string forest, string baseDn) =>
        $"""
        dn: OU=Mail,{baseDn}
        objectClass: organizationalUnit

        dn: CN=svc-lookup,OU=Mail,{baseDn}
        objectClass: user
        sAMAccountName: svc-lookup
        userPrincipalName: svc-lookup@{forest}.local
        userAccountControl: 66048
        unicodePwd:: {UnicodePassword(SambaForest.ServicePassword)}

        {User(forest, baseDn, "mailbox", account: 544)}
        {User(forest, baseDn, "mixed.Case", account: 544)}
        {User(forest, baseDn, "disabled", account: 546)}
        dn: CN={forest}.group,OU=Mail,{baseDn}
        objectClass: group
        sAMAccountName: {forest}.group
        groupType: 8
        mail: {forest}.group@corp.example
        proxyAddresses: SMTP:{forest}.group@corp.example
        member: CN={forest}.mailbox,OU=Mail,{baseDn}
        msExchRequireAuthToSendTo: TRUE

        dn: CN={forest}.contact,OU=Mail,{baseDn}
        objectClass: contact
        mail: somebody@partner.example
        proxyAddresses: SMTP:somebody@partner.example
        proxyAddresses: smtp:{forest}.contact@corp.example
        targetAddress: SMTP:somebody@partner.example

        """;

    private static string User(string forest, string baseDn, string name, int account) =>
        $"""
        dn: CN={forest}.{name},OU=Mail,{baseDn}
        objectClass: user
        sAMAccountName: {forest}.{name}
        userPrincipalName: {forest}.{name}@{forest}.local
        userAccountControl: {account}
        mail: {forest}.{name}@corp.example
        proxyAddresses: SMTP:{forest}.{name}@corp.example
        proxyAddresses: smtp:{forest}.{name}.alias@corp.example
        proxyAddresses: X400:C=US;A= ;P=Org;O=Exchange;S={name};
        proxyAddresses: sip:{forest}.{name}.sip@corp.example

        """;

    private static string UnicodePassword(string password) => Convert.ToBase64String(Encoding.Unicode.GetBytes($"\"{password}\""));
}
