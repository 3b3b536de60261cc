using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace LookupProxy.Endpoints.Http;

internal static class MetricsEndpoint
{
    public static async Task GetAsync(HttpContext context)
    {
        if (context.RequestServices.GetService<IMetricsText>() is not { } metrics)
        {
            await JsonReply.ProblemAsync(context, StatusCodes.Status404NotFound, "Metrics are switched off.");
            return;
        }

        context.Response.ContentType = metrics.ContentType;
        if (HttpMethods.IsHead(context.Request.Method))
            return;
        await metrics.WriteAsync(context.Response.BodyWriter, context.RequestAborted);
        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
    }
}
