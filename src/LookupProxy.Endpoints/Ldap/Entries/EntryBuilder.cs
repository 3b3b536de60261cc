using LookupProxy.Core.Recipients;

namespace LookupProxy.Endpoints.Ldap.Entries;

/// <summary>Makes the entry of a verdict. Pure: the same verdict, the same entry.</summary>
internal sealed class EntryBuilder(EntryLayout layout)
{
    /// <param name="verdict">Valid, or Unknown where the operator accepts then.</param>
    public RecipientEntry Build(Verdict verdict) => new(layout, verdict);
}
