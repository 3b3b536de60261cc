using LookupProxy.Core.Addresses;
using LookupProxy.Core.Recipients;

namespace LookupProxy.Endpoints.Ldap.Users;

/// <summary>Somebody whose own directory found the password right.</summary>
/// <param name="Name">The DN of the own entry here.</param>
/// <param name="Address">As bound with.</param>
/// <param name="DistinguishedName">In the directory.</param>
/// <param name="ReadsAddresses">May look up others too.</param>
internal sealed record EndUser(string Name, Address Address, string Directory, string DistinguishedName, bool ReadsAddresses)
{
    /// <summary>Whether a verdict may be told. Whoever may read only the own entry learns of no other address whether it exists.</summary>
    public bool MayBeTold(Verdict verdict) =>
        ReadsAddresses || (verdict.Kind == VerdictKind.Unknown ? verdict.Address.Equals(Address) : IsOwn(verdict));

    /// <summary>A local copy keeps no names: of its recipients only the address tells whose they are.</summary>
    private bool IsOwn(Verdict verdict) =>
        verdict.Recipient is { } recipient
        && recipient.Directory == Directory
        && (recipient.DistinguishedName is { Length: > 0 } name ? name.Equals(DistinguishedName, StringComparison.OrdinalIgnoreCase) : verdict.Address.Equals(Address));
}
