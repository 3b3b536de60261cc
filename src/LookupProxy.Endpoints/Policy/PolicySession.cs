using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using LookupProxy.Core.Addresses;
using LookupProxy.Core.Lookups;
using LookupProxy.Core.Recipients;
using LookupProxy.Endpoints.Connections;

namespace LookupProxy.Endpoints.Policy;

/// <summary>Postfix's access policy protocol on one connection: a verdict becomes an access(5) action.</summary>
internal sealed class PolicySession(
    PipeWriter output, IRecipientResolver resolver, PolicyOptions options, PolicyReplySet replies, ConnectionServices services, ForeignDomains foreign,
    NamespaceMap? namespaces = null) : IProtocolSession
{
    private readonly PolicyRequestReader _reader = new(options.MaxRequestBytes);

    // Of the request that waits.
    private ValueTask<Verdict> _lookup;
    private LookupRequest _request;
    private bool _authenticated;

    /// <summary>Negative when nobody measures.</summary>
    private long _began;

    private byte[] _viewBytes = [];
    private string? _view;

    public string? Fault { get; private set; }

    public SessionStep Step(ref ReadOnlySequence<byte> buffer)
    {
        switch (_reader.TryRead(ref buffer, out var request))
        {
            case FrameStatus.NeedMore:
                return SessionStep.NeedMore;
            case FrameStatus.Fault:
                Fault = _reader.Fault.Word();
                return SessionStep.Fault;
        }

        _began = services.Metrics.TimesRequests ? services.Time.GetTimestamp() : -1;
        return Answer(request);
    }

    public async ValueTask FinishAsync()
    {
        PolicyReply reply;
        var reason = UnknownReason.InternalError;
        try
        {
            var verdict = await _lookup;
            if (!_request.Everywhere && replies.TurnsAway(verdict, _authenticated))
            {
                _request = _request with { Everywhere = true };
                verdict = await resolver.ResolveAsync(_request, CancellationToken.None);
            }

            (reply, reason) = (ReplyTo(verdict), verdict.Reason);
        }
        catch (Exception e)
        {
            PolicyLog.LookupThrew(services.Logger, e, _request.Address);
            reply = replies.Failed;
        }

        Write(reply, _request.Address, reason);
        _lookup = default;
        _request = default;
    }

    private SessionStep Answer(in PolicyRequest request)
    {
        if (!request.ProtocolState.SequenceEqual("RCPT"u8) && !request.ProtocolState.SequenceEqual("VRFY"u8))
            return Write(PolicyReplySet.NotAsked, default, default, "");

        var fault = AddressParser.TryParse(request.Recipient, AddressSyntax.Unquoted, out var address);
        if (fault is AddressFault.NoDomain or AddressFault.Empty)
            return Write(PolicyReplySet.NoAddress, default, default, "");
        if (address is null)
            return WriteBadSyntax(request, fault);

        _request = new LookupRequest(address, View(request.PolicyContext));
        _authenticated = !request.SaslUsername.IsEmpty;
        Verdict? verdict;
        try
        {
            verdict = Resolve();
            if (verdict is not null && replies.TurnsAway(verdict, _authenticated))
            {
                _request = _request with { Everywhere = true };
                verdict = Resolve();
            }
        }
        catch (Exception e)
        {
            PolicyLog.LookupThrew(services.Logger, e, address);
            return Write(replies.Failed, address, UnknownReason.InternalError);
        }

        return verdict is null ? SessionStep.Waiting : Write(ReplyTo(verdict), address, verdict.Reason);
    }

    /// <summary>Null when the verdict is to be waited for.</summary>
    private Verdict? Resolve()
    {
        var lookup = resolver.ResolveAsync(_request, CancellationToken.None);
        if (lookup.IsCompletedSuccessfully)
            return lookup.Result;
        _lookup = lookup;
        return null;
    }

    private PolicyReply ReplyTo(Verdict verdict)
    {
        if (verdict.Kind == VerdictKind.NotOurs)
            foreign.Heard(verdict.Address.Domain);
        return _request.Everywhere ? replies.ForAll(verdict, _authenticated) : replies.For(verdict, _authenticated);
    }

    /// <summary>A connection's requests all come from one service of master.cf, so they name one view.</summary>
    private string? View(ReadOnlySpan<byte> context)
    {
        if (context.IsEmpty)
            return null;
        if (_view is null || !context.SequenceEqual(_viewBytes))
        {
            _viewBytes = context.ToArray();
            _view = Encoding.UTF8.GetString(context);
        }

        return _view;
    }

    private SessionStep Write(PolicyReply reply, Address address, UnknownReason reason) =>
        Write(reply, address.Text, address.Domain, reason == UnknownReason.None ? "" : reason.ToString());

    /// <summary>What a local part may be is for those to say whose domain it is.</summary>
    private SessionStep WriteBadSyntax(in PolicyRequest request, AddressFault fault)
    {
        var text = Encoding.UTF8.GetString(request.Recipient);
        var domain = text.AsSpan(text.LastIndexOf('@') + 1);
        var isElsewhere = namespaces?.IsElsewhere(View(request.PolicyContext), domain) == true;
        return Write(isElsewhere ? replies.NotOurs : replies.BadSyntax, text, domain, isElsewhere ? "" : fault.ToString());
    }

    private SessionStep Write(PolicyReply reply, ReadOnlySpan<char> address, ReadOnlySpan<char> domain, string reason)
    {
        reply.Write(output, address, domain, reason);
        if (_began >= 0)
            services.Metrics.Answered(services.Endpoint, reply.Outcome, services.Time.GetElapsedTime(_began));
        return SessionStep.Answered;
    }
}
