using LookupProxy.Core.Addresses;
using LookupProxy.Core.Lookups;
using LookupProxy.Core.Storage;
using LookupProxy.Endpoints.Http.Admin;
using LookupProxy.Endpoints.Http.Bodies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace LookupProxy.Endpoints.Http.Cache;

/// <summary>Forgets answers, for the administrator who knows better: a mailbox that is new, or a directory that was mended.</summary>
internal sealed class FlushEndpoint(ICacheControl cache, AdminToken admin, ILogger logger)
{
    private const string Example = """one of {"address":"anna@corp.example"}, {"domain":"corp.example"}, {"all":true}.""";

    public async Task PostAsync(HttpContext context)
    {
        if (!await admin.AdmitAsync(context) || await RequestJson.ReadAsync(context, ApiJson.Default.FlushRequestBody, Example) is not { } request)
            return;
        if (Scope(request, out var fault) is not { } scope)
        {
            await JsonReply.ProblemAsync(context, StatusCodes.Status400BadRequest, fault);
            return;
        }

        // A flush that was begun is finished, also when the caller has gone: half of one would be no better than none.
        var result = await cache.FlushAsync(scope, CancellationToken.None);
        HttpLog.Flushed(logger, request.Address ?? request.Domain ?? "all", AdminToken.Caller(context), result.Sheets, result.AllNodesTold, result.StoreWritten);
        await JsonReply.WriteAsync(
            context,
            StatusCodes.Status200OK,
            new FlushBody { Sheets = result.Sheets, AllNodesTold = result.AllNodesTold, StoreWritten = result.StoreWritten },
            ApiJson.Default.FlushBody);
    }

    private static FlushScope? Scope(FlushRequestBody request, out string? fault)
    {
        fault = null;
        switch (request)
        {
            case { Address: { } text, Domain: null, All: false }:
                if (AddressParser.TryParse(text, AddressSyntax.Mailbox, out var address) is var syntax && syntax == AddressFault.None)
                    return new FlushScope.OfAddress(address!);
                fault = $"The address is no RFC 5321 mailbox ({syntax}).";
                break;
            case { Address: null, Domain: { } name, All: false }:
                if (DomainName.TryNormalize(name, out var domain))
                    return new FlushScope.OfDomain(domain);
                fault = "The domain is no mail domain.";
                break;
            case { Address: null, Domain: null, All: true }:
                return new FlushScope.OfAll();
            default:
                fault = $"The body is not as it should be: {Example}";
                break;
        }

        return null;
    }
}
