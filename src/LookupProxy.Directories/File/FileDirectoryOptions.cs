using System.Collections.Immutable;

namespace LookupProxy.Directories.File;

public sealed record FileDirectoryOptions
{
    public required string Name { get; init; }

    public required string Path { get; init; }

    public required RecipientFileFormat Format { get; init; }

    /// <summary>Local parts differ by case only when this is set. The namespace must be case-sensitive too.</summary>
    public bool CaseSensitive { get; init; }

    /// <summary>A disabled account (LDIF: userAccountControl) counts as a recipient.</summary>
    public bool DisabledExists { get; init; } = true;

    /// <summary>
    /// LDIF attributes that hold addresses. A value may have the prefix smtp: or smtp$; otherMailbox counts only with one;
    /// values with another prefix (X500:, sip:) are no mail addresses.
    /// </summary>
    public ImmutableArray<string> AddressAttributes { get; init; } = ["mail", "proxyAddresses", "mailLocalAddress", "mailAlternateAddress", "otherMailbox"];

    /// <summary>LDIF attributes or CSV columns that a recipient may carry out of the proxy, besides what decides its kind.</summary>
    public ImmutableArray<string> PublishedAttributes { get; init; } = ["mail", "proxyAddresses"];

    /// <summary>
    /// A changed file that has lost more than this share of the addresses is refused: it was probably not whole when it was written.
    /// 1 accepts every change, also an empty file. Counts from <see cref="ShrinkGuardFrom"/> addresses.
    /// </summary>
    public double MaxShrink { get; init; } = 0.2;

    public int ShrinkGuardFrom { get; init; } = 20;

    /// <summary>Where the number of addresses is kept, so that a file which shrinks before or while the process is started again is refused too; null where nothing is kept.</summary>
    public string? CountPath { get; init; }

    /// <summary>How often the file is looked at. Notifications are not used: they miss network mounts and changes of links on the way to the file.</summary>
    public TimeSpan PollEvery { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>A changed file is read when it has not changed further for this long.</summary>
    public TimeSpan SettleFor { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The same for a file that does not end in a line break, as one that is still being written rarely does.</summary>
    public TimeSpan UnterminatedSettleFor { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>An address that a new file has lost is not known, rather than absent, for this long: the rest of the file may be on its way.</summary>
    public TimeSpan ConfirmRemovalsFor { get; init; } = TimeSpan.FromSeconds(10);

    public RecipientFileLimits Limits { get; init; } = new();

    /// <summary>Which file, and how it is read: of another one answers from before are answers to another question.</summary>
    public string Origin => string.Join('\n', (IEnumerable<string>)[
        Path, Format.ToString(), CaseSensitive.ToString(), DisabledExists.ToString(), .. AddressAttributes, .. PublishedAttributes]);
}
