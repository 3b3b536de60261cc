namespace LookupProxy.Endpoints.Ldap.Entries;

/// <summary>An attribute that recipients' entries can have.</summary>
/// <param name="Oid">Its number (RFC 4512 2.5), by which clients may also ask.</param>
/// <param name="Uniform">Gives what every recipient has; null for one that only directories give.</param>
internal sealed record EntryAttribute(string Name, string Oid, Func<RecipientEntry, EntryValues>? Uniform)
{
    public ValueSyntax Syntax { get; init; }

    public bool IsSingle { get; init; }

    /// <summary>The directories' attribute without which it has no value; null when every recipient has it.</summary>
    public string? Source { get; init; } = Uniform is null ? Name : null;

    /// <summary>Sent only when asked for by name or by "+".</summary>
    public bool IsOperational { get; init; }

    /// <summary>The uniform values take the directory's in.</summary>
    public bool IsMerged { get; init; }

    public EntryValues Read(RecipientEntry entry)
    {
        if (!IsMerged && entry.Published(Name) is { Count: > 0 } real)
            return real;
        return Uniform is null ? default : Uniform(entry);
    }
}
