namespace LookupProxy.Endpoints.Http.OpenApi;

/// <summary>One operation as the OpenAPI document describes it.</summary>
internal sealed record ApiOperation(string Id, string Tag, string Summary, string Description)
{
    public IReadOnlyList<ApiParameter> Parameters { get; init; } = [];

    /// <summary>Type of the JSON that is sent with the request.</summary>
    public Type? Body { get; init; }

    public required IReadOnlyList<ApiResponse> Responses { get; init; }

    /// <summary>Needs the administrator's bearer token.</summary>
    public bool Admin { get; init; }
}
