using LookupProxy.Core.Lookups;
using LookupProxy.Core.Recipients;
using LookupProxy.Endpoints.Http.Bodies;
using LookupProxy.Endpoints.Telemetry;
using Microsoft.AspNetCore.Http;

namespace LookupProxy.Endpoints.Http.Recipients;

/// <summary>
/// One recipient by GET: 200 accept, 404 refuse or not ours, as the body's action says, 503 try again later.
/// An unknown one is a 200 only where the operator chose to accept what is unknown; its body still says so.
/// </summary>
internal sealed class RecipientsEndpoint(IRecipientResolver resolver, NamespaceMap namespaces, HttpApiOptions options, TimeProvider time, EndpointMetrics metrics)
{
    public async Task GetAsync(HttpContext context)
    {
        var began = time.GetTimestamp();
        var question = RecipientQuestion.Read(context, namespaces, out var fault, out var elsewhere);
        if (elsewhere is not null)
        {
            await JsonReply.WriteAsync(context, Status(AdvisedAction.None), AnswerBody.Elsewhere(elsewhere), ApiJson.Default.AnswerBody);
            metrics.Answered("http", Outcome(VerdictKind.NotOurs), time.GetElapsedTime(began));
            return;
        }

        if (fault is not null)
        {
            await JsonReply.ProblemAsync(context, StatusCodes.Status400BadRequest, fault);
            metrics.Answered("http", "bad_address", time.GetElapsedTime(began));
            return;
        }

        var verdict = await resolver.ResolveAsync(question, context.RequestAborted);
        var body = AnswerBody.Of(verdict, question.Explain);
        var status = Status(body.Action);
        if (status == StatusCodes.Status503ServiceUnavailable)
            context.Response.Headers.RetryAfter = ((long)Math.Ceiling(options.RetryAfter.TotalSeconds)).ToString();
        await JsonReply.WriteAsync(context, status, body, ApiJson.Default.AnswerBody);
        metrics.Answered("http", Outcome(verdict.Kind), time.GetElapsedTime(began));
    }

    private static int Status(AdvisedAction action) => action switch
    {
        AdvisedAction.Accept => StatusCodes.Status200OK,
        AdvisedAction.Defer => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status404NotFound,
    };

    private static string Outcome(VerdictKind kind) => kind switch
    {
        VerdictKind.Valid => "valid",
        VerdictKind.Invalid => "invalid",
        VerdictKind.NotOurs => "not_ours",
        _ => "unknown",
    };
}
