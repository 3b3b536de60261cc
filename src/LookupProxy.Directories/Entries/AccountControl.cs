using System.Collections.Immutable;

namespace LookupProxy.Directories.Entries;

/// <summary>How Active Directory tells that an account is disabled, and where that is no one's wish: shared, room, equipment, linked and system mailboxes and many mail users have a disabled account by design and take mail.</summary>
internal static class AccountControl
{
    public const string Attribute = "userAccountControl";

    /// <summary>ACCOUNTDISABLE.</summary>
    public const long DisabledBit = 2;

    public const string KindAttribute = "msExchRecipientTypeDetails";

    /// <summary>UserMailbox, LegacyMailbox, RemoteUserMailbox: only these are disabled because somebody wished it. Where the kind is not told, the account counts.</summary>
    public static ImmutableArray<string> KindsWithOwnAccount { get; } = ["1", "8", "2147483648"];
}
