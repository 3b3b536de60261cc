using LookupProxy.Core.Recipients;

namespace LookupProxy.Directories.Ldap.Sighting;

/// <summary>An absence that counts only when somebody is found by what is asked after it was heard. Ends in null when it counts.</summary>
internal sealed class Doubt(long heardAt) : Awaited<Answer.Unknown?>
{
    public long HeardAt => heardAt;
}
