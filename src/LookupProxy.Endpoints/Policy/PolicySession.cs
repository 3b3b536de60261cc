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
    PipeWriter output, IRecipientResolver resolver, PolicyOptions options, PolicyReplySet replies, ConnectionServices services, NamespaceMap? namespaces = null) : IProtocolSession
{
    private readonly PolicyRequestReader _reader = new(options.MaxRequestBytes);

    // Of the request that waits.
    private ValueTask<Verdict> _lookup;
    private Address? _address;
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
            reply = replies.For(verdict, _authenticated);
            reason = verdict.Reason;
        }
        catch (Exception e)
        {
            PolicyLog.LookupThrew(services.Logger, e, _address!);
            reply = replies.Failed;
        }

        Write(reply, _address!, reason);
        _lookup = default;
        _address = null;
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

        ValueTask<Verdict> lookup;
        try
        {
            lookup = resolver.ResolveAsync(new LookupRequest(address, View(request.PolicyContext)), CancellationToken.None);
        }
        catch (Exception e)
        {
            PolicyLog.LookupThrew(services.Logger, e, address);
            return Write(replies.Failed, address, UnknownReason.InternalError);
        }

        var authenticated = !request.SaslUsername.IsEmpty;
        if (lookup.IsCompletedSuccessfully)
        {
            var verdict = lookup.Result;
            return Write(replies.For(verdict, authenticated), address, verdict.Reason);
        }

        _lookup = lookup;
        _address = address;
        _authenticated = authenticated;
        return SessionStep.Waiting;
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
        var isElsewhere = namespaces is not null && DomainName.TryNormalize(domain, out var name) && namespaces.OfDomain(View(request.PolicyContext), name) is null;
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
