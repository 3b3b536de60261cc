using LookupProxy.Core.Addresses;
using LookupProxy.Core.Health;
using LookupProxy.Core.Recipients;
using LookupProxy.Resolution.Resilience;

namespace LookupProxy.Resolution.Guarding;

/// <summary>What people are told: what happened, what it means for mail, what to do. Canaries are named, recipients never.</summary>
internal static class GuardText
{
    private const string Causes = "a right to read was lost, the search base or the filter is wrong, or the data is not whole";

    private const string Meaning = "Nobody is rejected on its word meanwhile: recipients seen before are accepted, others are deferred.";

    public static string Missing(ServerLink link, Address canary) => $"{link.Name}: says no, but finds its canary {canary} no more than this address";

    public static string CanaryMissing(ServerLink link, Address canary) =>
        $"{link.Name} has no {canary}, its canary: {Causes}. {Meaning} "
        + $"Look at that server's data and at our account's rights there; if the canary was removed on purpose, name another in directories.{link.Directory}.canary.exists.";

    public static string CanaryFound(ServerLink link, Address canary) =>
        $"{link.Name} has {canary}, which is to be nowhere: perhaps it says yes to every address (a catch-all, a filter that matches too much), and mail for nobody is accepted. "
        + $"Look at directories.{link.Directory}.filter; if the address is somebody's now, name another in directories.{link.Directory}.canary.absent.";

    public static string Gone(ServerLink link) => $"{link.Name}: says no, but says so of many whom it had before";

    public static string Doubtful(ServerLink link) => $"{link.Name}: says no, but finds hardly any of the few who are known to have been there";

    public static string Returning(ServerLink link) => $"{link.Name}: says no, but may not have got back yet all whom it had before its last failure";

    public static string MassAbsence(ServerLink link, int gone, int compared) =>
        $"{link.Name} says that {gone} of {compared} recipients whom it had before are gone: {Causes}, or they were removed. {Meaning} "
        + $"It ends when they are there again; if they are gone for good, run: {IAcceptance.CommandFor(link.Directory)}";

    public static string NotSearchedWhole(ServerLink link, Answer.Unknown why) =>
        $"{link.Name} can say of nobody that there is no such recipient: {why.Detail}. Those whom it finds are accepted; nobody else is rejected, but deferred. "
        + (why.Reason == UnknownReason.Referral
            ? $"Ask the server that has all, or name the other as a directory too; if no recipient is there, set directories.{link.Directory}.references to ignore."
            : $"Look at the limits of our account there, and that the attributes of directories.{link.Directory}.filter are indexed.");

    public static string Accepted(string directory) => $"many recipients of {directory} are gone: its word counts again, and mail for them is rejected";
}
