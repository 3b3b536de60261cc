using LookupProxy.Directories.Ldap.Entries;
using LookupProxy.Ldap.Filters;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.Directories.Ldap.Gathering;

/// <summary>
/// Somebody whom the server has shown, asked for once more with others, at the end. When he is found, the server has seen him with the same eyes with which it
/// did not see them, and has read the filter to its end. When he is not, nothing is known of those who are not found either.
/// </summary>
internal sealed class Witness(LdapFilter filter, WantedValues values, long seenAt)
{
    public LdapFilter Filter => filter;

    /// <summary>Timestamp.</summary>
    public long SeenAt => seenAt;

    public bool IsShownBy(SearchResultEntry entry) => values.AreShownBy(entry);
}
