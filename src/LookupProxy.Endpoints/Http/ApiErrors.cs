using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace LookupProxy.Endpoints.Http;

/// <summary>Gives every response its common headers and every error a body that is JSON and shows nothing of the inside.</summary>
internal sealed class ApiErrors(RequestDelegate next, ILoggerFactory loggers)
{
    private readonly ILogger _logger = loggers.CreateLogger<ApiErrors>();

    public async Task InvokeAsync(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            return;
        }
        catch (BadHttpRequestException e) when (!context.Response.HasStarted)
        {
            await JsonReply.ProblemAsync(context, e.StatusCode, Hint(e.StatusCode));
            return;
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            HttpLog.Failed(_logger, e, context.Request.Method, context.Request.Path);
            await JsonReply.ProblemAsync(context, StatusCodes.Status500InternalServerError);
            return;
        }

        if (context.Response is { HasStarted: false, StatusCode: >= 400, ContentLength: null, ContentType: null })
            await JsonReply.ProblemAsync(context, context.Response.StatusCode, Hint(context.Response.StatusCode));
    }

    /// <summary>What to do about errors that the framework finds.</summary>
    private static string? Hint(int status) => status switch
    {
        StatusCodes.Status413PayloadTooLarge => $"A body has at most {HttpLimits.MaxBody / 1024} KiB.",
        StatusCodes.Status415UnsupportedMediaType => "Send the body as 'Content-Type: application/json'.",
        _ => null,
    };
}
