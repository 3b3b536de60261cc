namespace LookupProxy.Directories.Ldap.Listing;

/// <summary>How all recipients of a directory are read.</summary>
public sealed record LdapListingOptions
{
    /// <summary>RFC 4515, without placeholders; null for the schema's own filter with presence in place of every value that holds one.</summary>
    public string? Filter { get; init; }

    public ChangesMethod Changes { get; init; } = ChangesMethod.Auto;

    /// <summary>Entries of one page. Active Directory's MaxPageSize, and OpenLDAP's usual limits, are 1000 and 500; a server may cut it.</summary>
    public int PageSize { get; init; } = 1000;

    /// <summary>The longest wait for the next entry. Active Directory may look for 120 s before it gives a page (MaxQueryDuration).</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(150);

    /// <summary>By modifyTimestamp: what was changed so long before the last reading is read again, since replicas bring changes late.</summary>
    public TimeSpan TimestampOverlap { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>More changed entries than this are not sought out one by one: then all is read.</summary>
    public int MaxChanges { get; init; } = 100_000;
}
