using LookupProxy.Core.Recipients;

namespace LookupProxy.Endpoints.Policy;

/// <summary>The operator's replies, compiled, and which verdict gets which.</summary>
internal sealed class PolicyReplySet
{
    private readonly PolicyReply _valid;
    private readonly PolicyReply _invalid;
    private readonly PolicyReply _authenticationRequired;
    private readonly PolicyReply _disabled;
    private readonly PolicyReply _acceptUnknown = PolicyReply.Compile("DUNNO", PolicyOutcome.Unknown);

    /// <exception cref="ArgumentException">A template has a fault; <see cref="PolicyReplyRules"/> tells them all beforehand.</exception>
    public PolicyReplySet(PolicyReplies replies)
    {
        if (PolicyReplyRules.Check(replies).FirstOrDefault() is { } fault)
            throw new ArgumentException($"The policy reply {fault.Reply} '{fault.Value}' {fault.Message}.", nameof(replies));
        _valid = PolicyReply.Compile(replies.Valid, PolicyOutcome.Valid);
        _invalid = PolicyReply.Compile(replies.Invalid, PolicyOutcome.Invalid);
        NotOurs = PolicyReply.Compile(replies.NotOurs, PolicyOutcome.NotOurs);
        _authenticationRequired = PolicyReply.Compile(replies.AuthenticationRequired, PolicyOutcome.AuthenticationRequired);
        _disabled = PolicyReply.Compile(replies.Disabled, PolicyOutcome.Disabled);
        Unknown = PolicyReply.Compile(replies.Unknown, PolicyOutcome.Unknown);
        Failed = PolicyReply.Compile(replies.Unknown, PolicyOutcome.Error);
        BadSyntax = PolicyReply.Compile(replies.BadSyntax, PolicyOutcome.BadAddress);
    }

    public static PolicyReply NotAsked { get; } = PolicyReply.Compile("DUNNO", PolicyOutcome.NotAsked);

    public static PolicyReply NoAddress { get; } = PolicyReply.Compile("DUNNO", PolicyOutcome.BadAddress);

    public PolicyReply Unknown { get; }

    /// <summary>A fault of ours is no absence either.</summary>
    public PolicyReply Failed { get; }

    public PolicyReply BadSyntax { get; }

    public PolicyReply NotOurs { get; }

    /// <summary>Whether a valid recipient would be turned away for what one directory knows of it, where another may know it otherwise.</summary>
    public bool TurnsAway(Verdict verdict, bool authenticated) => verdict.Kind == VerdictKind.Valid && !For(verdict, authenticated).Passes;

    /// <summary>Turns somebody away only when every directory has told whom it has at the address, and each of them would be.</summary>
    /// <param name="whole">Of a lookup everywhere.</param>
    public PolicyReply ForAll(Verdict whole, bool authenticated)
    {
        PolicyReply? worst = null;
        foreach (var one in Namesakes.Of(whole))
        {
            var reply = For(one, authenticated);
            if (reply.Passes)
                return reply;
            worst ??= reply;
        }

        if (Namesakes.AreAllKnown(whole) || whole.Kind != VerdictKind.Valid)
            return worst!;
        return whole.WhenUnknown == WhenUnknown.Accept ? _acceptUnknown : Unknown;
    }

    /// <param name="authenticated">The sender has logged in (SASL).</param>
    public PolicyReply For(Verdict verdict, bool authenticated) => verdict.Kind switch
    {
        VerdictKind.Valid when verdict.Recipient is { Disabled: true } => _disabled,
        VerdictKind.Valid when !authenticated && verdict.Recipient is { AuthenticatedSendersOnly: true } => _authenticationRequired,
        VerdictKind.Valid => _valid,
        VerdictKind.Invalid => _invalid,
        VerdictKind.NotOurs => NotOurs,
        VerdictKind.Unknown when verdict.WhenUnknown == WhenUnknown.Accept => _acceptUnknown,
        _ => Unknown,
    };
}
