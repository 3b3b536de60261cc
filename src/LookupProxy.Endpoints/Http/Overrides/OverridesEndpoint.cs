using LookupProxy.Core.Addresses;
using LookupProxy.Core.Overrides;
using LookupProxy.Endpoints.Http.Admin;
using LookupProxy.Endpoints.Http.Bodies;
using LookupProxy.Endpoints.Http.Recipients;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace LookupProxy.Endpoints.Http.Overrides;

/// <summary>The administrator's word on single addresses. Reading the list needs the token too: it names people.</summary>
internal sealed class OverridesEndpoint(IOverrides overrides, AdminToken admin, TimeProvider time, ILogger logger)
{
    public const string Path = "/v1/overrides";

    public async Task GetAsync(HttpContext context)
    {
        if (!await admin.AdmitAsync(context))
            return;
        var body = new OverridesBody { Overrides = [.. overrides.Current.OrderBy(static entry => entry.Until).Select(static entry => OverrideBody.Of(entry))] };
        await JsonReply.WriteAsync(context, StatusCodes.Status200OK, body, ApiJson.Default.OverridesBody);
    }

    public async Task PutAsync(HttpContext context)
    {
        if (!await admin.AdmitAsync(context)
            || await AddressAsync(context) is not { } address
            || await RequestJson.ReadAsync(context, ApiJson.Default.OverrideRequestBody, OverrideTerms.Example) is not { } request)
        {
            return;
        }

        if (OverrideTerms.Read(request, address, time.GetUtcNow(), out var fault) is not { } entry)
        {
            await JsonReply.ProblemAsync(context, StatusCodes.Status400BadRequest, fault);
            return;
        }

        if (!overrides.Concern(address))
        {
            await JsonReply.ProblemAsync(context, StatusCodes.Status400BadRequest, $"No namespace has the domain {address.Domain}: the override would change nothing.");
            return;
        }

        OverrideChange change;
        try
        {
            change = await overrides.SetAsync(entry, CancellationToken.None);
        }
        catch (InvalidOperationException)
        {
            await JsonReply.ProblemAsync(context, StatusCodes.Status409Conflict, $"There are {OverrideLimits.Count} overrides already; remove some first.");
            return;
        }

        HttpLog.OverrideSet(logger, entry.Address.Text, entry.IsValid ? "valid" : "invalid", entry.Until, AdminToken.Caller(context), entry.Why, change.AllNodesTold, change.StoreWritten);
        await JsonReply.WriteAsync(context, StatusCodes.Status200OK, OverrideBody.Of(entry, change), ApiJson.Default.OverrideBody);
    }

    public async Task DeleteAsync(HttpContext context)
    {
        if (!await admin.AdmitAsync(context) || await AddressAsync(context) is not { } address)
            return;
        var removal = await overrides.RemoveAsync(address, CancellationToken.None);
        if (!removal.WasThere)
        {
            await JsonReply.ProblemAsync(context, StatusCodes.Status404NotFound, $"There is no override of this address; GET {Path} lists them.");
            return;
        }

        var (told, written) = (removal.Change.AllNodesTold, removal.Change.StoreWritten);
        HttpLog.OverrideRemoved(logger, address.Text, AdminToken.Caller(context), told, written);
        var body = new OverrideRemovedBody { Address = address.ToMailbox(), AllNodesTold = told, StoreWritten = written };
        await JsonReply.WriteAsync(context, StatusCodes.Status200OK, body, ApiJson.Default.OverrideRemovedBody);
    }

    /// <summary>Answers the request when there is none.</summary>
    private static async ValueTask<Address?> AddressAsync(HttpContext context)
    {
        var encoded = RawTarget.PathAfter(context, Path + "/") ?? context.Request.RouteValues["address"] as string ?? "";
        if (PercentText.TryDecode(encoded, out var text) && AddressParser.TryParse(text, AddressSyntax.Mailbox, out var address) == AddressFault.None)
            return address;
        await JsonReply.ProblemAsync(context, StatusCodes.Status400BadRequest, $"Not {Path}/ADDRESS with an RFC 5321 mailbox.");
        return null;
    }
}
