using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace LookupProxy.Endpoints.Http.Admin;

internal static class RequestJson
{
    /// <summary>Answers the request and gives null when its body is not what was asked for.</summary>
    /// <param name="example">For people.</param>
    public static async ValueTask<T?> ReadAsync<T>(HttpContext context, JsonTypeInfo<T> type, string example)
        where T : class
    {
        try
        {
            if (await JsonSerializer.DeserializeAsync(context.Request.Body, type, context.RequestAborted) is { } body)
                return body;
        }
        catch (JsonException)
        {
        }

        await JsonReply.ProblemAsync(context, StatusCodes.Status400BadRequest, $"The body is not as it should be: {example}");
        return null;
    }
}
