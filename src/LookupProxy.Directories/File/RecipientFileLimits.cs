namespace LookupProxy.Directories.File;

/// <summary>What a recipient file may cost. One that exceeds a limit is refused whole.</summary>
public sealed record RecipientFileLimits
{
    /// <summary>Octets.</summary>
    public long MaxFile { get; init; } = 1L << 30;

    /// <summary>Octets of one line, after LDIF folds and quoted CSV line breaks are joined. LDIF exports hold pictures.</summary>
    public int MaxLine { get; init; } = 8 << 20;

    public int MaxAddresses { get; init; } = 20_000_000;
}
