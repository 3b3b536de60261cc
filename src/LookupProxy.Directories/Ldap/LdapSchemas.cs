using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using LookupProxy.Directories.Entries;

namespace LookupProxy.Directories.Ldap;

/// <summary>
/// The presets. Each asks as widely as its product delivers (no object class is demanded: contacts, groups and public folders are recipients too),
/// since a filter that is too narrow rejects people who exist.
/// </summary>
public static class LdapSchemas
{
    public static ImmutableArray<LdapSchema> All { get; } =
    [
        ActiveDirectory(),
        Simple("openldap", "(|(mail={address})(mailLocalAddress={address})(mailAlternateAddress={address}))"),
        Simple("389ds", "(|(mail={address})(mailAlternateAddress={address}))") with
        {
            DisabledWhen = [new("nsAccountLock") { Values = ["true"] }],
        },
        Zimbra(),
        Domino(),
        Qmail(),
        // mailacceptinggeneralid is ldap_table(5)'s default query; mail is what its how-to's other examples ask. Both stand for whole addresses here.
        Simple("postfix", "(|(mailacceptinggeneralid={address})(mail={address}))"),
    ];

    /// <summary>For error messages.</summary>
    public static ImmutableArray<string> Names { get; } = [.. All.Select(static schema => schema.Name)];

    /// <param name="name">Without regard to case.</param>
    public static bool TryGet(string name, [NotNullWhen(true)] out LdapSchema? schema)
    {
        schema = All.FirstOrDefault(candidate => string.Equals(candidate.Name, name, StringComparison.OrdinalIgnoreCase));
        return schema is not null;
    }

    private static LdapSchema ActiveDirectory() => new()
    {
        Name = "active-directory",
        // One of smtp: and SMTP: finds both: AD matches proxyAddresses without regard to case, the prefix too.
        Filter = "(|(proxyAddresses=smtp:{address})(mail={address}))",
        PrimaryAddressAttribute = "proxyAddresses",
        DisabledWhen =
        [
            new(AccountControl.Attribute)
            {
                Bits = AccountControl.DisabledBit,
                KindAttribute = AccountControl.KindAttribute,
                Kinds = AccountControl.KindsWithOwnAccount,
            },
        ],
        AuthenticatedSendersAttribute = "msExchRequireAuthToSendTo",
        PrincipalNameAttribute = "userPrincipalName",
        IsActiveDirectory = true,
    };

    // As Zimbra's own Postfix asks, but for the state: an entry without it is taken as enabled.
    private static LdapSchema Zimbra() => new()
    {
        Name = "zimbra",
        Filter = "(|(zimbraMailDeliveryAddress={address})(zimbraMailAlias={address})(zimbraOldMailAddress={address})(zimbraMailCatchAllAddress=@{domain}))",
        PrimaryAddressAttribute = "zimbraMailDeliveryAddress",
        DisabledExists = false,
        DisabledWhen =
        [
            new("zimbraMailStatus") { Values = ["disabled"] },
            new("zimbraAccountStatus") { Values = ["closed"] },
        ],
    };

    // Domino delivers to the Internet address, and by default to a short or full name equal to the local part.
    private static LdapSchema Domino() => Simple(
        "domino",
        "(|(mail={address})(InternetAddress={address})(MailAddress={address})(ShortName={address})(ShortName={local})(uid={local})(FullName={local})(cn={local}))");

    private static LdapSchema Qmail() => Simple("qmail", "(|(mail={address})(mailAlternateAddress={address})(mailAlternateAddress=catchall@{domain}))") with
    {
        // qmail-ldap bounces mail for both; noaccess takes mail.
        DisabledExists = false,
        DisabledWhen = [new("accountStatus") { Values = ["disabled", "deleted"] }],
    };

    private static LdapSchema Simple(string name, string filter) => new() { Name = name, Filter = filter, PrimaryAddressAttribute = "mail" };
}
