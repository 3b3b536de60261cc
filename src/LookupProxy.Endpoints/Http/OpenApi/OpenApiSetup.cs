using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace LookupProxy.Endpoints.Http.OpenApi;

internal static class OpenApiSetup
{
    private const string AdminScheme = "administrator";

    public static void Configure(OpenApiOptions options) => options.AddDocumentTransformer(static (document, _, _) =>
    {
        document.Info = new OpenApiInfo
        {
            Title = "LookupProxy",
            Version = "v1",
            Description = "Is this a valid recipient? Asked of all directories that share the recipient's domain.",
        };

        // The request's Host header is no business of the document's.
        document.Servers = [];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
        document.Components.SecuritySchemes[AdminScheme] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "The administrator's token." };
        return Task.CompletedTask;
    });

    /// <summary>Routes are plain request delegates, which the document leaves out unless it is told of them.</summary>
    public static void Describe(this IEndpointConventionBuilder route, MethodInfo handler, ApiOperation about)
    {
        route.WithName(about.Id).WithTags(about.Tag).WithMetadata(handler);
        if (about.Body is { } body)
            route.WithMetadata(new AcceptsMetadata(["application/json"], body));
        foreach (var response in about.Responses)
            route.WithMetadata(new ProducesResponseTypeMetadata(response.Status, response.Body ?? typeof(string), [response.ContentType]));
        route.AddOpenApiOperationTransformer((operation, context, _) =>
        {
            Fill(operation, about, context.Document);
            return Task.CompletedTask;
        });
    }

    private static void Fill(OpenApiOperation operation, ApiOperation about, OpenApiDocument? document)
    {
        operation.Summary = about.Summary;
        operation.Description = about.Description;
        operation.Parameters = [.. about.Parameters.Select(static parameter => new OpenApiParameter
        {
            Name = parameter.Name,
            In = parameter.In,
            Required = parameter.Required,
            Description = parameter.Description,
            Schema = new OpenApiSchema { Type = parameter.Type },
        })];
        foreach (var response in about.Responses)
        {
            if (operation.Responses?.TryGetValue(response.Status.ToString(), out var described) == true)
                described.Description = response.Description;
        }

        if (about.Admin)
            operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(AdminScheme, document)] = [] }];
    }
}
