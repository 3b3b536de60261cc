namespace LookupProxy.Endpoints.Ldap.Enumerating;

/// <summary>One answer to one request: a whole enumeration, or a page of it.</summary>
/// <param name="left">Entries that may still be told in this answer.</param>
/// <param name="isPaged">Whether the answer ends with a cookie.</param>
internal sealed class EnumerationTurn(int left, bool isPaged)
{
    /// <summary>Null when too many are under way.</summary>
    public Enumeration? Enumeration { get; set; }

    public Portion Portion { get; set; }

    public bool IsPaged => isPaged;

    public int Left { get; set; } = left;

    /// <summary>Of the client's own time limit; infinite for none.</summary>
    public required TimeSpan TimeLimit { get; init; }

    public required long Began { get; init; }
}
