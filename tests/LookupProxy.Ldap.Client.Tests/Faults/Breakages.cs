using LookupProxy.Ldap.Messages;
using LookupProxy.TestKit.Ldap;

namespace LookupProxy.Ldap.Client.Tests.Faults;

/// <summary>What a server can do wrong in the middle of an answer of any length, and what is told of it.</summary>
internal static class Breakages
{
    private static readonly Dictionary<string, (LdapFaultKind Kind, LdapScript Script)> ByName = new()
    {
        ["wrong message id"] = (LdapFaultKind.ProtocolError, LdapScripts.WrongMessageId(1000)),
        ["2 GB PDU"] = (LdapFaultKind.ProtocolError, LdapScripts.HugeAnswer),
        ["garbage"] = (LdapFaultKind.ProtocolError, LdapScripts.Garbage),
        ["request"] = (LdapFaultKind.ProtocolError, static exchange => exchange.SendAsync(Clients.Ask())),
        ["done with id 0"] = (LdapFaultKind.ProtocolError, static exchange => exchange.Connection.SendAsync(new LdapMessage(0, new SearchResultDone(new LdapResult(ResultCode.Success))))),
        ["extended success"] = (LdapFaultKind.ProtocolError, static exchange => exchange.SendAsync(new ExtendedResponse(new LdapResult(ResultCode.Success)))),
        ["reset"] = (LdapFaultKind.ConnectionLost, LdapScripts.Reset),
        ["close"] = (LdapFaultKind.ConnectionLost, LdapScripts.Close),
        ["close in mid-message"] = (LdapFaultKind.ConnectionLost, CloseInMidMessage),
        ["notice of disconnection"] = (LdapFaultKind.ConnectionLost, LdapScripts.NoticeOfDisconnection(ResultCode.Busy)),
    };

    public static TheoryData<string, LdapFaultKind> All => [.. ByName.Select(static one => (one.Key, one.Value.Kind))];

    public static LdapScript Script(string breakage) => ByName[breakage].Script;

    private static async ValueTask CloseInMidMessage(LdapExchange exchange)
    {
        await LdapScripts.HalfAnswer(exchange);
        exchange.Connection.Close();
    }
}
