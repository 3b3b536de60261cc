namespace LookupProxy.Core.Packing;

/// <summary>Written to disk: a meaning never changes.</summary>
[Flags]
internal enum PackedFlags : byte
{
    None = 0,
    Disabled = 1,
    Authenticated = 2,

    /// <summary>The primary address follows as a text.</summary>
    Primary = 4,

    /// <summary>A distinguished name follows.</summary>
    Name = 8,
    Id = 16,

    /// <summary>The first address is the primary one.</summary>
    PrimaryFirst = 32,

    /// <summary>There was more to it than might be kept.</summary>
    Partial = 64,
}
