namespace LookupProxy.Directories.File;

public enum RecipientFileFormat
{
    Ldif,

    /// <summary>An address a line; # begins a comment.</summary>
    List,

    /// <summary>RFC 4180 with a header line.</summary>
    Csv,
}

public sealed record FileDirectoryOptions
{
    public required string Name { get; init; }

    public required string Path { get; init; }

    public required RecipientFileFormat Format { get; init; }
}
