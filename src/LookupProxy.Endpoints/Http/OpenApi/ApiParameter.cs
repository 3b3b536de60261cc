using Microsoft.OpenApi;

namespace LookupProxy.Endpoints.Http.OpenApi;

internal sealed record ApiParameter(string Name, ParameterLocation In, string Description)
{
    public JsonSchemaType Type { get; init; } = JsonSchemaType.String;

    public bool Required { get; init; }
}
