using System.Collections.Immutable;
using LookupProxy.Core.Recipients;
using LookupProxy.Endpoints.Ldap.Entries.Schema;

namespace LookupProxy.Endpoints.Ldap.Entries;

/// <summary>
/// The attributes that gateways ask for. An attribute without a function is known, so that an assertion about it is false rather than
/// Undefined where no directory gave it.
/// </summary>
internal static class UniformAttributes
{
    private const string EnabledAccount = "512";
    private const string DisabledAccount = "514";

    public static ImmutableArray<EntryAttribute> All { get; } =
    [
        new("objectClass", "2.5.4.0", ObjectClasses.Of) { IsMerged = true },
        new("objectCategory", "1.2.840.113556.1.4.782", static entry => $"CN={ObjectClasses.CategoryOf(entry.Kind)},CN=Schema,CN=Configuration,{entry.Layout.Suffix}")
        {
            Syntax = ValueSyntax.Category,
            IsSingle = true,
        },
        new("cn", "2.5.4.3", CommonNames) { IsMerged = true },
        new("uid", "0.9.2342.19200300.100.1.1", static entry => LocalPart(entry)),
        new("mail", "0.9.2342.19200300.100.1.3", static entry => entry.PrimaryAddress),
        new("proxyAddresses", "1.2.840.113556.1.2.210", ProxyAddresses) { IsMerged = true },
        new("userPrincipalName", "1.2.840.113556.1.4.656", static entry => entry.NameAddress) { IsSingle = true },
        new("mailLocalAddress", "2.16.840.1.113730.3.1.13", BothAddresses),
        new("mailRoutingAddress", "2.16.840.1.113730.3.1.47", static entry => entry.Asked.Text) { IsSingle = true },
        new("mailAlternateAddress", OwnOids.Attributes + "13", static entry => entry.Asked.Text),
        new("mailAddress", OwnOids.Attributes + "1", static entry => entry.Asked.Text),
        new("otherMailbox", "1.2.840.113556.1.4.651", static entry => entry.Asked.Text),
        new("mailAcceptingGeneralId", OwnOids.Attributes + "2", static entry => entry.Asked.Text),
        new("maildrop", OwnOids.Attributes + "3", static entry => entry.PrimaryAddress),
        new("InternetAddress", OwnOids.Attributes + "4", static entry => entry.PrimaryAddress),
        new("ShortName", OwnOids.Attributes + "5", static entry => LocalPart(entry)),
        new("FullName", OwnOids.Attributes + "6", static entry => LocalPart(entry)),
        new("zimbraMailDeliveryAddress", OwnOids.Attributes + "14", static entry => entry.PrimaryAddress),
        new("zimbraMailAlias", OwnOids.Attributes + "15", static entry => entry.Asked.Text),
        new("zimbraMailStatus", OwnOids.Attributes + "16", static entry => entry.IsDisabled ? "disabled" : "enabled") { IsSingle = true },
        new("accountStatus", OwnOids.Attributes + "17", static entry => entry.IsDisabled ? "disabled" : "active") { IsSingle = true },
        new("mailUserStatus", OwnOids.Attributes + "18", static entry => entry.IsDisabled ? "inactive" : "active") { IsSingle = true },
        new("mailEnabled", OwnOids.Attributes + "8", static entry => entry.IsDisabled ? "FALSE" : "TRUE") { IsSingle = true },
        new("userAccountControl", "1.2.840.113556.1.4.8", AccountControl) { Syntax = ValueSyntax.Integer, IsSingle = true },
        new("msExchRequireAuthToSendTo", OwnOids.Attributes + "9", static entry => entry.Recipient is { AuthenticatedSendersOnly: true } ? "TRUE" : "FALSE") { IsSingle = true },
        new("displayName", "2.16.840.1.113730.3.1.241", null),
        new("sn", "2.5.4.4", null),
        new("givenName", "2.5.4.42", null),
        new("name", "2.5.4.41", null),
        new("description", "2.5.4.13", null),
        new("title", "2.5.4.12", null),
        new("telephoneNumber", "2.5.4.20", null),
        new("o", "2.5.4.10", null),
        new("ou", "2.5.4.11", null),
        new("l", "2.5.4.7", null),
        new("c", "2.5.4.6", null),
        new("company", "1.2.840.113556.1.2.146", null),
        new("department", "1.2.840.113556.1.2.141", null),
        new("employeeType", "2.16.840.1.113730.3.1.4", null),
        new("sAMAccountName", "1.2.840.113556.1.4.221", null) { IsSingle = true },
        new("mailNickname", "1.2.840.113556.1.2.447", null) { IsSingle = true },
        new("targetAddress", "1.2.840.113556.1.2.352", null) { IsSingle = true },
        new("mailHost", "2.16.840.1.113730.3.1.18", null) { IsSingle = true },
        new("memberOf", "1.2.840.113556.1.2.102", null) { Syntax = ValueSyntax.Name },
        new("manager", "0.9.2342.19200300.100.1.10", null) { Syntax = ValueSyntax.Name },
        new("msExchHideFromAddressLists", OwnOids.Attributes + "10", null) { IsSingle = true },
        new("msExchRecipientTypeDetails", OwnOids.Attributes + "11", null) { Syntax = ValueSyntax.Integer, IsSingle = true },
        new("groupType", "1.2.840.113556.1.4.750", null) { Syntax = ValueSyntax.Integer, IsSingle = true },
        new("distinguishedName", "2.5.4.49", static entry => entry.Name) { Syntax = ValueSyntax.Name, IsSingle = true },
        new("entryDN", "1.3.6.1.1.20", static entry => entry.Name) { Syntax = ValueSyntax.Name, IsSingle = true, IsOperational = true },
        new("subschemaSubentry", "2.5.18.10", static _ => Server.ServerEntries.SubschemaName) { Syntax = ValueSyntax.Name, IsSingle = true, IsOperational = true },
        new("lookupProxyDirectory", OwnOids.Attributes + "12", static entry => entry.Recipient is { Directory.Length: > 0 } recipient ? recipient.Directory : null)
        {
            IsSingle = true,
            IsOperational = true,
        },
    ];

    /// <summary>The name's own value (RFC 4511 4.6.1 wants it in the entry), the local part, and what the directory calls the recipient.</summary>
    private static EntryValues CommonNames(RecipientEntry entry)
    {
        var real = entry.Published("cn");
        if (real.Count == 0)
            return ImmutableArray.Create(entry.NameAddress, LocalPart(entry));
        var names = ImmutableArray.CreateBuilder<string>(real.Count + 1);
        for (var i = 0; i < real.Count; i++)
            names.Add(real[i]);
        if (!Contains(names, entry.NameAddress))
            names.Add(entry.NameAddress);
        return names.DrainToImmutable();
    }

    /// <summary>The directory's, and the address asked for if it is not among them.</summary>
    private static EntryValues ProxyAddresses(RecipientEntry entry)
    {
        var real = entry.Published("proxyAddresses");
        var all = ImmutableArray.CreateBuilder<string>(real.Count + 2);
        for (var i = 0; i < real.Count; i++)
            all.Add(real[i]);
        if (real.Count == 0)
            all.Add("SMTP:" + entry.PrimaryAddress);
        var asked = "smtp:" + entry.Asked.Text;
        if (!Contains(all, asked))
            all.Add(asked);
        return all.DrainToImmutable();
    }

    private static EntryValues BothAddresses(RecipientEntry entry)
    {
        var primary = entry.PrimaryAddress;
        return primary.Equals(entry.Asked.Text, StringComparison.OrdinalIgnoreCase) ? primary : ImmutableArray.Create(primary, entry.Asked.Text);
    }

    /// <summary>Accounts only: Active Directory's groups, contacts and public folders have none.</summary>
    private static EntryValues AccountControl(RecipientEntry entry)
    {
        if (entry.Kind is RecipientKind.Group or RecipientKind.Contact or RecipientKind.PublicFolder)
            return default;
        return entry.IsDisabled ? DisabledAccount : EnabledAccount;
    }

    private static string LocalPart(RecipientEntry entry) => entry.NameAddress[..entry.NameAddress.LastIndexOf('@')];

    private static bool Contains(ImmutableArray<string>.Builder values, string value) => values.Contains(value, StringComparer.OrdinalIgnoreCase);
}
