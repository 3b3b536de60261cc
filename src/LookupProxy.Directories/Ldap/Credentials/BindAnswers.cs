using LookupProxy.Core.Credentials;
using LookupProxy.Directories.Ldap.Answers;
using LookupProxy.Ldap.Client;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.Directories.Ldap.Credentials;

/// <summary>What a bind as a user means. Only what speaks of this user's password is a refusal; all else is not known.</summary>
internal static class BindAnswers
{
    /// <param name="fault">Null when the server accepted the password.</param>
    public static CredentialAnswer Of(LdapFault? fault, string distinguishedName) => fault switch
    {
        null => new CredentialAnswer.Accepted(distinguishedName),
        { Kind: LdapFaultKind.BindRefused, Code: { } code } when IsRefusal(code) || IsInactive(code, fault.Detail) => new CredentialAnswer.Refused(Details.Quoted(fault.Detail)),
        _ => new CredentialAnswer.Unknown(FaultReasons.Of(fault), Details.Quoted(fault.Detail)),
    };

    /// <summary>RFC 4511 appendix A: wrong, expired or locked (49); no password to compare with (48); gone meanwhile (32); locked, in 389 Directory Server's words (19).</summary>
    private static bool IsRefusal(ResultCode code) =>
        code is ResultCode.InvalidCredentials or ResultCode.InappropriateAuthentication or ResultCode.NoSuchObject or ResultCode.ConstraintViolation;

    /// <summary>389 Directory Server says unwillingToPerform (53) of a disabled account, as it says of itself when it serves nobody: only its words tell the two apart.</summary>
    private static bool IsInactive(ResultCode code, string detail) =>
        code == ResultCode.UnwillingToPerform && detail.Contains("Account inactivated", StringComparison.Ordinal);
}
