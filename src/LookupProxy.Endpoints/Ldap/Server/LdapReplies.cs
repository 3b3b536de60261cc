using LookupProxy.Endpoints.Ldap.Firewall;
using LookupProxy.Ldap;
using LookupProxy.Ldap.Controls;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.Endpoints.Ldap.Server;

/// <summary>Answers that never change, encoded once. Diagnostic texts are for the gateway's administrator and tell nothing of what lies behind.</summary>
internal static class LdapReplies
{
    public static byte[] Success { get; } = OperationBytes.Of(ResultCode.Success);

    /// <summary>A lookup fits one page: no cookie, so the client asks for no other (RFC 2696 3).</summary>
    public static byte[] SuccessLastPage { get; } = OperationBytes.Of(
        new SearchResultDone(new LdapResult(ResultCode.Success)), new PagedResults(0, ReadOnlyMemory<byte>.Empty).ToControl(critical: false));

    public static byte[] Unavailable { get; } = OperationBytes.Of(ResultCode.Unavailable, "not all directories could be asked; try again");

    public static byte[] Busy { get; } = OperationBytes.Of(ResultCode.Busy, "too much is being asked; try again");

    public static byte[] TooManyOutstanding { get; } = OperationBytes.Of(ResultCode.Busy, "too many searches are outstanding on this connection; try again");

    public static byte[] TimeLimit { get; } = OperationBytes.Of(ResultCode.TimeLimitExceeded, "not answered within the time limit that was asked for");

    public static byte[] SizeLimit { get; } = OperationBytes.Of(ResultCode.SizeLimitExceeded);

    public static byte[] Other { get; } = OperationBytes.Of(ResultCode.Other, "an internal fault; try again");

    public static byte[] NotAnAddress { get; } = OperationBytes.Of(ResultCode.UnwillingToPerform, "only searches for a recipient's address are answered");

    public static byte[] BadScope { get; } = OperationBytes.Of(ResultCode.ProtocolError, "no such scope");

    public static byte[] BadPaging { get; } = OperationBytes.Of(ResultCode.ProtocolError, "the paged results control is malformed");

    public static byte[] BadCookie { get; } = OperationBytes.Of(ResultCode.UnwillingToPerform, "no such cookie");

    public static byte[] NotAllowed { get; } = OperationBytes.Of(new SearchResultDone(RuleBook.Refusal));

    /// <summary>As slapd's "require authc" says it.</summary>
    public static byte[] MustBind { get; } = OperationBytes.Of(ResultCode.StrongerAuthRequired, "authentication required");

    /// <summary>As Active Directory says it.</summary>
    public static byte[] MustBindActiveDirectory { get; } = OperationBytes.Of(
        ResultCode.OperationsError, "000004DC: LdapErr: in order to perform this operation a successful bind must be completed on the connection.");

    public static byte[] Notice(ResultCode code, string why) => OperationBytes.Of(new ExtendedResponse(new LdapResult(code, "", why), Oids.NoticeOfDisconnection));
}
