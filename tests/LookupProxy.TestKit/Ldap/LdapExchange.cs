using LookupProxy.Ldap.Controls;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.TestKit.Ldap;

/// <summary>One request that the scripted server has received, and the means to answer it.</summary>
public sealed class LdapExchange(ScriptedLdapServer server, LdapServerConnection connection, LdapMessage message)
{
    public ScriptedLdapServer Server { get; } = server;

    public LdapServerConnection Connection { get; } = connection;

    public LdapMessage Message { get; } = message;

    public SearchRequest Search => (SearchRequest)Message.Operation;

    public BindRequest Bind => (BindRequest)Message.Operation;

    public ExtendedRequest Extended => (ExtendedRequest)Message.Operation;

    /// <summary>Sends with the request's own message id.</summary>
    public ValueTask SendAsync(LdapOperation operation) => Connection.SendAsync(new LdapMessage(Message.MessageId, operation));

    public ValueTask SendAsync(LdapOperation operation, params LdapControl[] controls) =>
        Connection.SendAsync(new LdapMessage(Message.MessageId, operation) { Controls = [.. controls] });

    public ValueTask SendEntryAsync(string dn, params (string Name, string Value)[] attributes) => SendAsync(ScriptedEntry.Create(dn, attributes));

    public ValueTask SendDoneAsync(ResultCode code = ResultCode.Success, string diagnostic = "") =>
        SendAsync(new SearchResultDone(new LdapResult(code, DiagnosticMessage: diagnostic)));
}
