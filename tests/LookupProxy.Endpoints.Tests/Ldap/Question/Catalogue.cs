namespace LookupProxy.Endpoints.Tests.Ldap.Question;

/// <summary>Filters that gateways are known to send. {a} stands for the address, {u} for its local part, {d} for its domain.</summary>
internal static class Catalogue
{
    private const string Enabled = "(!(userAccountControl:1.2.840.113556.1.4.803:=2))";

    /// <summary>With the recipients that they find, as letters: mailbox, group, contact, public folder, disabled mailbox ("x").</summary>
    public static TheoryData<string, string, string> Filters { get; } = new()
    {
        { "1 Cisco ESA, AD", "(|(mail={a})(proxyAddresses=smtp:{a}))", "mgcpx" },
        { "2 Cisco ESA, quarantine", "(|(proxyAddresses={a})(proxyAddresses=smtp:{a}))", "mgcpx" },
        { "3 Cisco ESA, OpenLDAP", "(mail={a})", "mgcpx" },
        { "4 Cisco ESA, OpenLDAP", "(mailLocalAddress={a})", "mgcpx" },
        { "5 Cisco ESA, SunONE", "(mailAlternateAddress={a})", "mgcpx" },
        { "6 Cisco ESA, Notes", "(|(|(mail={a})(uid={u}))(cn={u}))", "mgcpx" },
        { "7 Cisco ESA, Domino", "(|(ShortName={u})(InternetAddress={a})(FullName={u}))", "mgcpx" },
        { "8 Cisco ESA, left-hand side", "(uid={u})", "mgcpx" },
        {
            "9 Barracuda",
            "(|(othermailbox=smtp${a})(othermailbox=smtp:{a})(proxyaddresses=smtp${a})(proxyaddresses=smtp:{a})(mail={a})(userPrincipalName={a}))",
            "mgcpx"
        },
        {
            "10 Open AS",
            "(|(othermailbox=smtp${a})(othermailbox=smtp:{a})(proxyaddresses=smtp${a})(proxyaddresses=smtp:{a})(mail={a})(userPrincipalName={a}))",
            "mgcpx"
        },
        { "11 Symantec SMG", "(proxyAddresses=smtp:{a})", "mgcpx" },
        { "12 Symantec SMG, enabled", $"(&(proxyAddresses=smtp:{{a}}){Enabled})", "mgcp" },
        { "13 FortiMail", "(& (objectClass=inetOrgPerson) (mail={a}))", "mx" },
        { "14 SpamTitan", "(|(proxyaddresses=smtp${a})(proxyaddresses=smtp:{a})(mail={a}))", "mgcpx" },
        { "15 Forcepoint", "(|(mail={a})(userPrincipalName={a})(proxyAddresses=smtp:{a}))", "mgcpx" },
        { "16 RiskFilter", "|(mail={a})(user={u})(ou=Engineering)", "mgcpx" },
        { "17 Red Condor, AD", "(|(proxyAddresses=smtp:{a})(mail={a}))", "mgcpx" },
        { "18 Red Condor, Zimbra", "(&(zimbraMailStatus=enabled)(|(mail={a})(zimbraMailAlias={a})))", "mgcp" },
        { "19 Red Condor, GroupWise", "(objectclass={a})", "mgcpx" },
        {
            "20 MailCleaner",
            "(|(&(|(objectClass=user)(objectClass=publicFolder)(objectClass=group))(proxyAddresses=SMTP:{a}))(mail={a})(otherMailbox=smtp:{a})(proxyAddresses=SMTP:{a})(uid={u})(cn={a}))",
            "mgcpx"
        },
        { "20 MailCleaner, group", "(&(|(mail={a})(uid={u})(cn={a}))(memberOf=CN=Mail, OU=Groups,DC=contoso,DC=example))", "m" },
        { "21 ASSP", "(proxyaddresses=smtp:{a})", "mgcpx" },
        {
            "23 E-MailRelay, user",
            $"(&(objectCategory=person)(objectclass=user){Enabled}(proxyAddresses=SMTP:{{a}}))",
            "m"
        },
        { "24 E-MailRelay, folder", "(&(objectclass=publicFolder)(proxyAddresses=SMTP:{a}))", "p" },
        { "25 Postfix", "(&(|(objectclass=person)(objectclass=group))(proxyAddresses=smtp:{a}))", "mgcx" },
        { "26 Postfix", "(&(objectclass=person)(proxyAddresses=smtp:{a}))", "mcx" },
        { "27 Postfix", "(|(proxyAddresses=SMTP:{a})(mail={a}))", "mgcpx" },
        { "28 application", $"(&(objectClass=user)(|(proxyAddresses=smtp:{{a}})(mail={{a}})){Enabled})", "m" },
        { "29 application", "(|(proxyAddresses=smtp:{a})(mail={a})(targetAddress=smtp:{a})(userPrincipalName={a}))", "mgcpx" },
        { "30 mail contact", "(&(objectcategory=person)(objectclass=contact)(targetAddress=SMTP:{a}))", "c" },
        { "31 restriction", "(&(mail={a})(&(!(msExchRequireAuthToSendTo=TRUE))(!(objectClass=contact))))", "mpx" },
        { "32 Sendmail", "(&(objectClass=inetLocalMailRecipient)(mailLocalAddress={a}))", "mgcpx" },
        { "33 Postfix, catch-all", "(&(objectClass=inetLocalMailRecipient)(|(mail={a})(mailLocalAddress={a})(mailLocalAddress=@{d})))", "mgcpx" },
        { "34 Haraka rcpt-ldap", "(&(objectClass=qmailUser)(|(mail={a})(mailAlternateAddress={a})))", "mgcpx" },
        { "35 haraka-plugin-ldap", "(&(objectclass=*)(mail={a}))", "mgcpx" },
        { "36 qmail-ldap", "(&(|(mail={a})(mailalternateaddress={a})(mailalternateaddress=catchall@{d}))(accountstatus=active))", "mgcp" },
        {
            "37 iPlanet",
            "(&(|(mail={a})(mailalternateaddress={a}))(|(mailuserstatus=active)(mailuserstatus=MBOXactive))(|(objectclass=mailrecipient)(objectclass=mailgroup)))",
            "mgcp"
        },
        { "38 Zimbra", "(&(|(zimbraMailDeliveryAddress={a})(zimbraMailAlias={a}))(zimbraMailStatus=enabled))", "mgcp" },
        { "39 otherMailbox", "(&(objectClass=user)(otherMailbox={a}))", "mx" },
        { "39 docker-mailserver", "(&(mail={a})(mailEnabled=TRUE))", "mgcp" },
        { "39 debops", "(&(|(objectClass=mailAlias)(objectClass=mailDistributionList))(mailAddress={a}))", "g" },
        { "39 Postfix built in", "mailacceptinggeneralid={a}", "mgcpx" },
        { "39 lldap", "(|(mailAlias1={a})(mailAlias2={a}))", "mgcpx" },
        { "39 maddy", "(&(objectClass=Person)(mail={a}))", "mcx" },
        { "escapes", @"(proxyAddresses=smtp\3A{u}\40{d})", "mgcpx" },
        { "SIP", "(PROXYADDRESSES=sip:{a})", "mgcpx" },
    };

    /// <summary>Number 22 and others that ask for nobody in particular.</summary>
    public static TheoryData<string> Enumerations { get; } =
    [
        "(&(|(objectClass=group)(objectClass=person)(objectClass=publicFolder))(mail=*))",
        "(&(!(msExchRequireAuthToSendTo=TRUE))(!(objectClass=contact)))",
        "(|(othermailbox=smtp$*)(othermailbox=smtp:*)(proxyaddresses=smtp$*)(proxyaddresses=smtp:*)(mail=*)(userPrincipalName=*))",
        "(mail=*)",
        "(mail=a*)",
        "(objectClass=*)",
        "(memberOf=cn=mail,ou=groups,dc=contoso,dc=example)",
        "(member=cn=anna,dc=contoso,dc=example)",
        "(rfc822MailMember=anna@corp.example)",
        "(!(mail=anna@corp.example))",
        "(proxyAddresses=x500:/o=First/ou=Exchange/cn=anna)",
        "(cn=Anna Schmidt)",
        "(&)",
        "(|)",
    ];

    public static string Fill(string filter, string address)
    {
        var at = address.LastIndexOf('@');
        return filter.Replace("{a}", address, StringComparison.Ordinal)
            .Replace("{u}", address[..at], StringComparison.Ordinal)
            .Replace("{d}", address[(at + 1)..], StringComparison.Ordinal);
    }
}
