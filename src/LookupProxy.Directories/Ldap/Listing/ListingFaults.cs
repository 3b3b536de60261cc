using LookupProxy.Core.Listing;
using LookupProxy.Core.Recipients;
using LookupProxy.Directories.Ldap.Answers;
using LookupProxy.Ldap.Client;

namespace LookupProxy.Directories.Ldap.Listing;

/// <summary>What the end of a search means for a reading: anything but success is a failure of the whole, by the same table as for a live question.</summary>
internal static class ListingFaults
{
    /// <returns>Null when the search came to its good end.</returns>
    public static ListingException? Of(LdapEnd end, string baseDn)
    {
        if (end.Fault is { } fault)
            return new(FaultReasons.Of(fault), fault.Detail);
        var result = end.Result!;
        if (ResultReasons.Of(result.Code) is { } reason)
            return new(reason, Details.Of(result, baseDn));
        return result.Referral.IsEmpty ? null : new(UnknownReason.Referral, Details.OfReference(result.Referral[0], baseDn));
    }

    /// <summary>The server lives and will go on: it is this one request that it will not have.</summary>
    public static bool IsRefusal(LdapEnd end) =>
        end.Result is { } result && ResultReasons.Of(result.Code) is not (null or UnknownReason.Busy or UnknownReason.Unavailable or UnknownReason.TimeLimit);
}
