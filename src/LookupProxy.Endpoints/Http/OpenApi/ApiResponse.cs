using LookupProxy.Endpoints.Http.Bodies;

namespace LookupProxy.Endpoints.Http.OpenApi;

/// <param name="Body">Its type; null for text or nothing.</param>
internal sealed record ApiResponse(int Status, string Description, Type? Body = null)
{
    public string ContentType => Body is null ? "text/plain" : Body == typeof(ProblemBody) ? "application/problem+json" : "application/json";
}
