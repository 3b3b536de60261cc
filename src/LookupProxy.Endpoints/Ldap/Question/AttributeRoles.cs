using System.Collections.Frozen;

namespace LookupProxy.Endpoints.Ldap.Question;

/// <summary>By the attributes' usual names, of which <see cref="Entries.EntryLayout.UsualName"/> knows.</summary>
internal static class AttributeRoles
{
    private static readonly FrozenDictionary<string, AttributeRole> s_roles = Table();

    /// <summary>Those of Exchange, whose values begin with the kind of address.</summary>
    private static readonly FrozenSet<string> s_schemed = FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "proxyAddresses", "otherMailbox", "targetAddress");

    public static AttributeRole Of(string attribute) => s_roles.GetValueOrDefault(attribute);

    /// <summary>Whether the values are addresses, or local parts, and nothing before them.</summary>
    public static bool IsPlain(string attribute) => Of(attribute) is AttributeRole.Address or AttributeRole.LocalPart && !s_schemed.Contains(attribute);

    private static FrozenDictionary<string, AttributeRole> Table()
    {
        var roles = new Dictionary<string, AttributeRole>(StringComparer.OrdinalIgnoreCase);
        Add(
            AttributeRole.Address,
            "mail", "proxyAddresses", "mailLocalAddress", "mailAlternateAddress", "mailEquivalentAddress", "otherMailbox",
            "userPrincipalName", "targetAddress", "mailAddress", "mailAlias", "InternetAddress", "zimbraMailAlias", "zimbraMailDeliveryAddress", "mailAcceptingGeneralId");
        Add(
            AttributeRole.LocalPart,
            "uid", "user", "username", "cn", "name", "ShortName", "FullName", "sAMAccountName", "mailNickname");
        Add(
            AttributeRole.Elsewhere,
            "member", "memberOf", "uniqueMember", "memberUid", "rfc822MailMember", "mgrpRFC822MailMember", "mailForwardingAddress", "mailRoutingAddress", "forward",
            "zimbraMailForwardingAddress", "zimbraPrefMailForwardingAddress", "manager", "managedBy", "directReports", "owner", "secretary", "seeAlso",
            "publicDelegates", "altRecipient", "authOrig", "unauthOrig", "dLMemSubmitPerms", "dLMemRejectPerms", "distinguishedName", "entryDN");
        return roles.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

        void Add(AttributeRole role, params ReadOnlySpan<string> names)
        {
            foreach (var name in names)
                roles.Add(name, role);
        }
    }
}
