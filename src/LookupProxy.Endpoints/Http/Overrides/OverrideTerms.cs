using LookupProxy.Core.Addresses;
using LookupProxy.Core.Overrides;
using LookupProxy.Core.Text;
using LookupProxy.Endpoints.Http.Bodies;

namespace LookupProxy.Endpoints.Http.Overrides;

/// <summary>What an override may be: for a time, and with a reason.</summary>
internal static class OverrideTerms
{
    public const string Example = """{"verdict":"valid","for":"2h","why":"moved today"}, with verdict valid or invalid.""";

    /// <summary>An override is for the time until the directories are right again; one that is forgotten must end.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);

    private const int MaxWhy = 200;

    /// <param name="fault">For the caller, when there is no override.</param>
    public static Override? Read(OverrideRequestBody request, Address address, DateTimeOffset now, out string? fault)
    {
        fault = null;
        if (address.IsPostmaster && request.Verdict == OverrideWord.Invalid)
            fault = "postmaster is always valid (RFC 5321 4.5.1).";
        else if (!DurationText.TryParse(request.For, out var length) || length < Shortest || length > Longest)
            fault = $"for takes {DurationText.Write(Shortest)} to {DurationText.Write(Longest)}, such as 2h.";
        else if (request.Why.Trim() is not { Length: > 0 and <= MaxWhy } why || why.Any(char.IsControl))
            fault = $"why takes one line of 1 to {MaxWhy} characters: those who read the list will want to know.";
        else
            return new Override(address, request.Verdict == OverrideWord.Valid, now + length, why, now);
        return null;
    }
}
