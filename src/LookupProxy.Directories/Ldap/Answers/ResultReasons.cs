using LookupProxy.Core.Recipients;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.Directories.Ldap.Answers;

/// <summary>
/// What a search without a matching entry means, result code by result code (RFC 4511 appendix A). Success alone can be an absence.
/// noSuchObject never is: it speaks of the search base, not of the recipient. A server says it for a mistyped base, for one that a restore lost,
/// and (OpenLDAP) for one that we may not see; and a base proved good a moment ago may be any of these now.
/// </summary>
internal static class ResultReasons
{
    /// <returns>Null for success.</returns>
    public static UnknownReason? Of(ResultCode code) => code switch
    {
        ResultCode.Success => null,
        ResultCode.OperationsError => UnknownReason.ServerError, // AD also: not bound
        ResultCode.ProtocolError => UnknownReason.ProtocolError,
        ResultCode.TimeLimitExceeded => UnknownReason.TimeLimit,
        ResultCode.SizeLimitExceeded => UnknownReason.SizeLimit,
        ResultCode.AuthMethodNotSupported => UnknownReason.BindRefused,
        ResultCode.StrongerAuthRequired => UnknownReason.BindRefused, // AD: simple bind without TLS
        ResultCode.Referral => UnknownReason.Referral,
        ResultCode.AdminLimitExceeded => UnknownReason.SizeLimit, // looked through more entries than it may
        ResultCode.UnavailableCriticalExtension => UnknownReason.ServerError,
        ResultCode.ConfidentialityRequired => UnknownReason.BindRefused,
        ResultCode.SaslBindInProgress => UnknownReason.BindRefused,
        ResultCode.NoSuchAttribute => UnknownReason.ServerError,
        ResultCode.UndefinedAttributeType => UnknownReason.ServerError,
        ResultCode.InappropriateMatching => UnknownReason.ServerError,
        ResultCode.ConstraintViolation => UnknownReason.ServerError,
        ResultCode.InvalidAttributeSyntax => UnknownReason.ServerError,
        ResultCode.NoSuchObject => UnknownReason.BaseNotFound,
        ResultCode.AliasProblem => UnknownReason.ServerError,
        ResultCode.InvalidDNSyntax => UnknownReason.BaseNotFound,
        ResultCode.AliasDereferencingProblem => UnknownReason.ServerError,
        ResultCode.InappropriateAuthentication => UnknownReason.BindRefused,
        ResultCode.InvalidCredentials => UnknownReason.BindRefused,
        ResultCode.InsufficientAccessRights => UnknownReason.AccessRefused,
        ResultCode.Busy => UnknownReason.Busy,
        ResultCode.Unavailable => UnknownReason.Unavailable,
        ResultCode.UnwillingToPerform => UnknownReason.AccessRefused,
        ResultCode.LoopDetect => UnknownReason.ServerError,
        ResultCode.AffectsMultipleDSAs => UnknownReason.Referral,
        ResultCode.Other => UnknownReason.ServerError,
        // Not for a search, or nobody's: compare, write and LCUP codes, LDAPv2's 9, a vendor's own.
        _ => UnknownReason.ServerError,
    };
}
