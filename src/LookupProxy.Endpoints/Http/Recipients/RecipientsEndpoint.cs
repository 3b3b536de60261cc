using LookupProxy.Core.Lookups;
using LookupProxy.Core.Recipients;
using LookupProxy.Endpoints.Http.Bodies;
using LookupProxy.Endpoints.Telemetry;
using Microsoft.AspNetCore.Http;

namespace LookupProxy.Endpoints.Http.Recipients;

/// <summary>
/// One recipient by GET. The status alone is enough to act on: 200 accept, 404 refuse (or not ours, as the body says), 503 try again later.
/// An unknown one is a 200 only where the operator chose to accept what is unknown; its body still says so.
/// </summary>
internal sealed class RecipientsEndpoint(IRecipientResolver resolver, HttpApiOptions options, TimeProvider time, EndpointMetrics metrics)
{
    public async Task GetAsync(HttpContext context)
    {
        var began = time.GetTimestamp();
        var question = RecipientQuestion.Read(context, out var fault);
        if (fault is not null)
        {
            await JsonReply.ProblemAsync(context, StatusCodes.Status400BadRequest, fault);
            metrics.Answered("http", "bad-address", time.GetElapsedTime(began));
            return;
        }

        var verdict = await resolver.ResolveAsync(question, context.RequestAborted);
        var (status, action) = Mean(verdict);
        if (status == StatusCodes.Status503ServiceUnavailable)
            context.Response.Headers.RetryAfter = ((long)Math.Ceiling(options.RetryAfter.TotalSeconds)).ToString();
        await JsonReply.WriteAsync(context, status, Body(verdict, action, question.Explain), ApiJson.Default.AnswerBody);
        metrics.Answered("http", Outcome(verdict.Kind), time.GetElapsedTime(began));
    }

    private static (int Status, AdvisedAction Action) Mean(Verdict verdict) => verdict.Kind switch
    {
        VerdictKind.Valid => (StatusCodes.Status200OK, AdvisedAction.Accept),
        VerdictKind.Invalid => (StatusCodes.Status404NotFound, AdvisedAction.Reject),
        VerdictKind.NotOurs => (StatusCodes.Status404NotFound, AdvisedAction.None),
        VerdictKind.Unknown when verdict.WhenUnknown == WhenUnknown.Accept => (StatusCodes.Status200OK, AdvisedAction.Accept),
        _ => (StatusCodes.Status503ServiceUnavailable, AdvisedAction.Defer),
    };

    private static AnswerBody Body(Verdict verdict, AdvisedAction action, bool explain) => new()
    {
        Address = verdict.Address.ToMailbox(),
        Verdict = verdict.Kind,
        Action = action,
        Namespace = verdict.Namespace,
        DecidedAs = verdict.DecidedAs?.ToMailbox(),
        Reason = verdict.Kind == VerdictKind.Unknown ? verdict.Reason : null,
        Recipient = verdict is { Kind: VerdictKind.Valid, Recipient: { } recipient } ? RecipientBody.Of(recipient) : null,
        Evidence = explain ? [.. verdict.Evidence.Select(EvidenceBody.Of)] : null,
    };

    private static string Outcome(VerdictKind kind) => kind switch
    {
        VerdictKind.Valid => "valid",
        VerdictKind.Invalid => "invalid",
        VerdictKind.NotOurs => "not-ours",
        _ => "unknown",
    };
}
