namespace LookupProxy.Endpoints.Ldap.Searching;

/// <param name="Name">Its DN: no answer holds one twice.</param>
/// <param name="Operation">The encoded SearchResultEntry.</param>
internal sealed record EncodedEntry(string Name, byte[] Operation)
{
    /// <summary>It has none of the attributes that were asked for by name.</summary>
    public bool LacksAll { get; init; }
}
