using LookupProxy.Ldap.Messages;

namespace LookupProxy.Ldap.Client.Connections;

internal static class Responses
{
    /// <summary>The LDAPResult of any response that carries one; null for all else.</summary>
    public static LdapResult? ResultOf(LdapOperation operation) => operation switch
    {
        SearchResultDone done => done.Result,
        ExtendedResponse extended => extended.Result,
        BindResponse bind => bind.Result,
        WriteResponse write => write.Result,
        _ => null,
    };

    /// <summary>For a log or a detail: "invalidCredentials (49): what the server wrote".</summary>
    public static string Describe(LdapResult result)
    {
        var code = Enum.IsDefined(result.Code) ? char.ToLowerInvariant(result.Code.ToString()[0]) + result.Code.ToString()[1..] : "result";
        var text = PeerText.Printable(result.DiagnosticMessage);
        if (text.Length == 0)
            return $"{code} ({(int)result.Code})";
        var reason = ActiveDirectoryReason.In(text);
        return $"{code} ({(int)result.Code}): {text}{(reason is null ? "" : $" ({reason})")}";
    }

    /// <summary>What a notice of disconnection, or a silent end, means for the searches under way.</summary>
    public static LdapFault Disconnected(string server, LdapResult notice) =>
        new(LdapFaultKind.ConnectionLost, $"{server} ended the connection: {Describe(notice)}", notice.Code);
}
