namespace LookupProxy.Core.Recipients;

public enum RecipientKind
{
    Mailbox,
    Group,
    Contact,
    PublicFolder,
    Alias,

    /// <summary>Valid by rule, whatever the directories say: postmaster (RFC 5321 4.5.1) and what the operator adds.</summary>
    AlwaysValid,
}
