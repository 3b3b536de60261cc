using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using LookupProxy.Endpoints.Http.Bodies;
using Microsoft.AspNetCore.Http;

namespace LookupProxy.Endpoints.Http;

internal static class JsonReply
{
    public static Task WriteAsync<T>(HttpContext context, int status, T body, JsonTypeInfo<T> type, string contentType = "application/json")
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(body, type);
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = contentType;
        response.ContentLength = bytes.Length;
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : response.Body.WriteAsync(bytes, 0, bytes.Length, context.RequestAborted);
    }

    /// <param name="detail">For the caller: never what an exception says.</param>
    public static Task ProblemAsync(HttpContext context, int status, string? detail = null) => WriteAsync(
        context,
        status,
        new ProblemBody { Status = status, Title = Title(status), Detail = detail },
        ApiJson.Default.ProblemBody,
        "application/problem+json");

    private static string Title(int status) => status switch
    {
        StatusCodes.Status400BadRequest => "Bad request",
        StatusCodes.Status401Unauthorized => "Unauthorized",
        StatusCodes.Status403Forbidden => "Forbidden",
        StatusCodes.Status404NotFound => "Not found",
        StatusCodes.Status405MethodNotAllowed => "Method not allowed",
        StatusCodes.Status409Conflict => "Conflict",
        StatusCodes.Status413PayloadTooLarge => "Payload too large",
        StatusCodes.Status415UnsupportedMediaType => "Unsupported media type",
        StatusCodes.Status503ServiceUnavailable => "Service unavailable",
        >= 500 => "Internal server error",
        _ => "Request refused",
    };
}
