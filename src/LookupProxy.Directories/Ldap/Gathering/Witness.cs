namespace LookupProxy.Directories.Ldap.Gathering;

/// <summary>
/// Somebody whom the server has shown, asked for once more with others, at the end. When he is found, the server has seen him with the same eyes with which it
/// did not see them, and has read the filter to its end. When he is not, nothing is known of those who are not found either.
/// </summary>
internal sealed class Witness(AskedAddress asked, long seenAt)
{
    public AskedAddress Asked => asked;

    /// <summary>Timestamp.</summary>
    public long SeenAt => seenAt;
}
