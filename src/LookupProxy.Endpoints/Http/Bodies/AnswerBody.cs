using System.Text.Json.Serialization;
using LookupProxy.Core.Recipients;

namespace LookupProxy.Endpoints.Http.Bodies;

/// <summary>What is known of one recipient address.</summary>
public sealed record AnswerBody
{
    /// <summary>The address as asked, in RFC 5321 form where it has one.</summary>
    public required string Address { get; init; }

    /// <summary>valid: some directory has it. invalid: every directory that could has said no. unknown: one that might have it could not be asked. notOurs: no namespace has the domain.</summary>
    public required VerdictKind Verdict { get; init; }

    /// <summary>What a gateway should do; the status says the same.</summary>
    public required AdvisedAction Action { get; init; }

    /// <summary>The namespace that has the domain.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Namespace { get; init; }

    /// <summary>The form of the address that decided: without the delimiter's extension, in the domain that an alias stands for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? DecidedAs { get; init; }

    /// <summary>Why it is not known, when it is not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public UnknownReason? Reason { get; init; }

    /// <summary>The recipient, when it is valid.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RecipientBody? Recipient { get; init; }

    /// <summary>The answers behind the verdict, when explain was asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public EvidenceBody[]? Evidence { get; init; }

    public static AnswerBody Of(Verdict verdict, bool explain) => new()
    {
        Address = verdict.Address.ToMailbox(),
        Verdict = verdict.Kind,
        Action = Advise(verdict),
        Namespace = verdict.Namespace,
        DecidedAs = verdict.DecidedAs?.ToMailbox(),
        Reason = verdict.Kind == VerdictKind.Unknown ? verdict.Reason : null,
        Recipient = verdict is { Kind: VerdictKind.Valid, Recipient: { } recipient } ? RecipientBody.Of(recipient) : null,
        Evidence = explain ? [.. verdict.Evidence.Select(EvidenceBody.Of)] : null,
    };

    /// <summary>Of an address in others' domains that is no RFC 5321 mailbox.</summary>
    public static AnswerBody Elsewhere(string address) => new() { Address = address, Verdict = VerdictKind.NotOurs, Action = AdvisedAction.None };

    private static AdvisedAction Advise(Verdict verdict) => verdict.Kind switch
    {
        VerdictKind.Valid => AdvisedAction.Accept,
        VerdictKind.Invalid => AdvisedAction.Reject,
        VerdictKind.NotOurs => AdvisedAction.None,
        VerdictKind.Unknown when verdict.WhenUnknown == WhenUnknown.Accept => AdvisedAction.Accept,
        _ => AdvisedAction.Defer,
    };
}
