using LookupProxy.Core.Addresses;
using LookupProxy.Core.Lookups;
using Microsoft.AspNetCore.Http;

namespace LookupProxy.Endpoints.Http.Recipients;

/// <summary>Reads a lookup out of a URL.</summary>
internal static class RecipientQuestion
{
    public const string Path = "/v1/recipients";

    /// <param name="fault">What the caller did wrong, or null.</param>
    /// <param name="elsewhere">With a fault: the text as it was asked, when the fault lies in it and its domain is none of ours. What a local part may be is for those to say whose domain it is.</param>
    public static LookupRequest Read(HttpContext context, NamespaceMap namespaces, out string? fault, out string? elsewhere)
    {
        fault = elsewhere = null;
        var text = "";
        var encoded = Encoded(context, out var several);
        if (several)
            fault = "More than one address.";
        else if (string.IsNullOrEmpty(encoded))
            fault = $"No address: ask for {Path}/ADDRESS or {Path}?address=ADDRESS, percent-encoded (RFC 3986).";
        else if (!PercentText.TryDecode(encoded, out text!))
            fault = "The address is not UTF-8.";
        if (fault is not null)
            return default;

        if (!TryView(context, out var view) || !TryExplain(context, out var explain))
        {
            fault = "view takes a name, explain takes true or false, each once.";
            return default;
        }

        if (AddressParser.TryParse(text, AddressSyntax.Mailbox, out var address) is var syntax and not AddressFault.None)
        {
            fault = $"The address is no RFC 5321 mailbox ({syntax}).";
            if (syntax is not (AddressFault.Empty or AddressFault.NoDomain) && namespaces.IsElsewhere(view, text.AsSpan(text.LastIndexOf('@') + 1)))
                elsewhere = text;
            return default;
        }

        return new LookupRequest(address!, view, explain);
    }

    private static string? Encoded(HttpContext context, out bool several)
    {
        several = false;
        var path = RawTarget.PathAfter(context, Path + "/") ?? context.Request.RouteValues["address"] as string;
        if (!string.IsNullOrEmpty(path))
            return path;
        string[] query = [.. RawTarget.Query(context, "address")];
        several = query.Length > 1;
        return query.FirstOrDefault();
    }

    private static bool TryView(HttpContext context, out string? view)
    {
        string[] values = [.. RawTarget.Query(context, "view")];
        view = null;
        return values.Length == 0 || (values.Length == 1 && values[0].Length > 0 && PercentText.TryDecode(values[0], out view));
    }

    private static bool TryExplain(HttpContext context, out bool explain)
    {
        string[] values = [.. RawTarget.Query(context, "explain")];
        explain = values is ["true" or "1" or ""];
        return explain || values is [] or ["false" or "0"];
    }
}
