using System.Buffers;
using System.Text;
using LookupProxy.Endpoints.Ldap.Accounts;
using LookupProxy.Ldap;
using LookupProxy.Ldap.Codec;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.Endpoints.Ldap.Server;

/// <summary>The grammar of one connection: which message is answered how, and as whom the client is bound.</summary>
internal sealed class LdapSession : IDisposable
{
    private readonly LdapWire _wire;
    private readonly LdapServices _services;
    private readonly SearchOperation _searches;
    private ClientRights _rights;
    private LdapMessage? _bind;

    /// <param name="finished">Set when a search that had to wait has finished.</param>
    public LdapSession(LdapWire wire, LdapServices services, LoopSignal finished)
    {
        _wire = wire;
        _services = services;
        _rights = ClientRights.OfNobody(services, wire.Client);
        Outstanding = new OutstandingSearches(services.Options.MaxOutstanding, finished, services.Connections.Time);
        _searches = new SearchOperation(wire, services, Outstanding);
    }

    public OutstandingSearches Outstanding { get; }

    /// <summary>Set when the last step was <see cref="LdapStep.Fault"/>.</summary>
    public LdapFault? Fault { get; private set; }

    /// <summary>Takes at most one message off the front of <paramref name="buffer"/>.</summary>
    public LdapStep Step(ref ReadOnlySequence<byte> buffer)
    {
        if (_services.Known.TryTake(ref buffer, out var id, out var known))
        {
            _searches.Begin(new LdapMessage(id, known.Request), known.Request, _rights, known);
            return LdapStep.Done;
        }

        var front = buffer;
        var reader = _rights.IsBound ? _services.Reader : _services.UnboundReader;
        switch (reader.TryRead(ref buffer, out var message, out var fault))
        {
            case ReadStatus.NeedMore:
                return LdapStep.NeedMore;
            case ReadStatus.Fault:
                var isTls = buffer.FirstSpan[0] == 0x16;
                return Fail(isTls ? LdapWords.FaultTls : LdapWords.FaultMalformed, fault!, isLdap: !isTls);
        }

        // RFC 4511 4.1.1.1: zero is for unsolicited notifications.
        if (message!.MessageId == 0)
            return Fail(LdapWords.FaultProtocol, "a request's message id is zero");
        var step = Handle(message);
        if (_searches.TakeNoted() is { } noted)
            _services.Known.Add(front.Slice(0, front.Length - buffer.Length), noted);
        return step;
    }

    /// <summary>Of the bind that <see cref="Step"/> took.</summary>
    public async ValueTask FinishBindAsync()
    {
        var message = _bind!;
        _bind = null;

        _searches.Rebound();

        // Nobody, until it is known who (RFC 4511 4.2.1), and whatever the bind fails by (RFC 4513 4).
        _rights = ClientRights.OfNobody(_services, _wire.Client);
        if (!KnownControls.AllowOther(message.Controls))
        {
            Write(message, new BindResponse(CriticalControl));
            return;
        }

        var outcome = await _services.Binds.BindAsync((BindRequest)message.Operation, _wire, _rights);
        if (outcome.Account is { } account)
            _rights = ClientRights.Of(account, _services, _wire.Client);
        else if (outcome.User is { } user)
            _rights = ClientRights.Of(user, _services, _wire.Client);
        _wire.Write(message.MessageId, new BindResponse(outcome.Result));
    }

    /// <summary>Writes what has been found out meanwhile, up to about so many octets: a list goes on only when the client has taken some.</summary>
    public void WriteFinished(int octets)
    {
        while (_wire.Output.UnflushedBytes < octets && Outstanding.TryTake(out var search))
            _searches.Finish(search!);
    }

    /// <summary>RFC 4511 4.14.1: the client is nobody again under TLS.</summary>
    public void StartedTls()
    {
        _searches.Rebound();
        _rights = ClientRights.OfNobody(_services, _wire.Client);
    }

    /// <summary>The connection has ended: nothing more is to be told.</summary>
    public void Dispose() => _searches.Dispose();

    private LdapStep Handle(LdapMessage message)
    {
        switch (message.Operation)
        {
            case SearchRequest search:
                _searches.Begin(message, search, _rights);
                return LdapStep.Done;
            case BindRequest:
                _bind = message;
                return LdapStep.Bind;
            case UnbindRequest:
                return LdapStep.Close;
            case AbandonRequest abandon:
                Outstanding.Abandon(abandon.MessageId);
                return LdapStep.Done;
            case ExtendedRequest extended:
                return KnownControls.AllowOther(message.Controls) ? Extend(message, extended) : Write(message, new ExtendedResponse(CriticalControl));
            case WriteRequest write:
                return Write(message, new WriteResponse(write.Kind, KnownControls.AllowOther(message.Controls) ? ReadOnly : CriticalControl));
            default:
                return Fail(LdapWords.FaultProtocol, "an operation that no client asks for");
        }
    }

    private LdapStep Extend(LdapMessage message, ExtendedRequest extended) => extended.Oid switch
    {
        Oids.StartTls => StartTls(message),
        Oids.WhoAmI => Write(message, new ExtendedResponse(new LdapResult(ResultCode.Success), Value: Encoding.UTF8.GetBytes(AuthorizationIdentity))),
        _ => Write(message, new ExtendedResponse(new LdapResult(ResultCode.ProtocolError, "", "unsupported extended operation"))),
    };

    /// <summary>RFC 4532 2.2 and RFC 4513 5.2.1.8; empty for nobody.</summary>
    private string AuthorizationIdentity =>
        _rights.Account is not { } account ? "" : AccountName.IsDistinguishedName(account) ? "dn:" + account : "u:" + account;

    /// <summary>RFC 4511 4.14.1 and 4.14.2.</summary>
    private LdapStep StartTls(LdapMessage message)
    {
        var refusal = _wire.IsTls ? new LdapResult(ResultCode.OperationsError, "", "TLS is in use already")
            : Outstanding.Count > 0 ? new LdapResult(ResultCode.OperationsError, "", "other operations are outstanding")
            : _services.Tls is null ? new LdapResult(ResultCode.ProtocolError, "", "TLS is not configured")
            : null;
        Write(message, new ExtendedResponse(refusal ?? new LdapResult(ResultCode.Success), Oids.StartTls));
        return refusal is null ? LdapStep.StartTls : LdapStep.Done;
    }

    private LdapStep Write(LdapMessage message, LdapOperation operation)
    {
        _wire.Write(message.MessageId, operation);
        return LdapStep.Done;
    }

    private LdapStep Fail(string word, string detail, bool isLdap = true)
    {
        Fault = new LdapFault(word, detail, isLdap);
        return LdapStep.Fault;
    }

    private static LdapResult CriticalControl { get; } = new(ResultCode.UnavailableCriticalExtension, "", "a critical control is not supported");

    /// <summary>Compare too: what an entry holds is found by searching for it.</summary>
    private static LdapResult ReadOnly { get; } = new(ResultCode.UnwillingToPerform, "", "only searches are answered; nothing can be changed here");
}
