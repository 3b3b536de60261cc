using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using LookupProxy.Core.Listing;
using LookupProxy.Directories.Ldap.Entries;
using LookupProxy.Directories.Ldap.Replication;
using LookupProxy.Ldap;
using LookupProxy.Ldap.Messages;
using LookupProxy.Ldap.Names;

namespace LookupProxy.Directories.Ldap.Listing;

/// <summary>What a server says of itself (RFC 4512 5.1). A server that says nothing offers nothing.</summary>
internal sealed class RootDse
{
    private const string SupportedControl = "supportedControl";
    private const string SupportedCapabilities = "supportedCapabilities";
    private const string NamingContexts = "namingContexts";
    private const string HighestUsn = "highestCommittedUSN";
    private const string ServiceName = "dsServiceName";

    /// <summary>RFC 3045.</summary>
    private const string VendorVersion = "vendorVersion";

    private static readonly ImmutableArray<string> _attributes = [SupportedControl, SupportedCapabilities, NamingContexts, HighestUsn, ServiceName, VendorVersion, .. CatchUpLook.Signs];

    private readonly SearchResultEntry? _entry;
    private readonly FrozenSet<string> _controls;
    private readonly ImmutableArray<(DistinguishedName Name, string Text)> _contexts;

    private RootDse(SearchResultEntry? entry)
    {
        _entry = entry;
        _controls = Texts(entry, SupportedControl).ToFrozenSet(StringComparer.Ordinal);
        _contexts =
        [
            .. Texts(entry, NamingContexts)
                .Select(static text => (Name: DistinguishedName.TryParse(text, out var name) ? name : null, Text: text))
                .Where(static context => context.Name is not null)
                .Select(static context => (context.Name!, context.Text)),
        ];
        IsActiveDirectory = Texts(entry, SupportedCapabilities).Contains(Oids.ActiveDirectory, StringComparer.Ordinal);
        HighestCommittedUsn = long.TryParse(Texts(entry, HighestUsn).FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var usn) ? usn : null;
        DsServiceName = Texts(entry, ServiceName).FirstOrDefault();
        Is389Directory = Texts(entry, VendorVersion).FirstOrDefault()?.StartsWith("389-Directory", StringComparison.Ordinal) == true;
    }

    public bool IsActiveDirectory { get; }

    public bool Is389Directory { get; }

    /// <summary>Active Directory: the number of the last change that this domain controller has made or taken over.</summary>
    public long? HighestCommittedUsn { get; }

    /// <summary>Active Directory: the entry of this domain controller, which has its invocationId.</summary>
    public string? DsServiceName { get; }

    public static async Task<RootDse> ReadAsync(ListingSearches searches, CancellationToken cancellationToken) =>
        new(await searches.FindAsync("", _attributes, [], cancellationToken));

    /// <exception cref="ListingException">The server has not caught up with the others: it does not show all there are.</exception>
    public void RequireCaughtUp(ListingServer server)
    {
        if (CatchUpLook.Judge(server.Name, _entry, server.Signs) is { } behind)
            throw new ListingException(behind.Reason, behind.Detail);
    }

    public bool Offers(string control) => _controls.Contains(control);

    /// <summary>Whether a name lies in none of the server's trees, so that nothing there can have it; false when the server does not tell its trees.</summary>
    public bool IsElsewhere(string text) =>
        !_contexts.IsEmpty && DistinguishedName.TryParse(text, out var name) && !name.IsRoot && !_contexts.Any(context => name.IsUnder(context.Name));

    /// <summary>The naming context that holds the base; the base itself when none is known.</summary>
    public string ContextOf(string baseDn)
    {
        if (!DistinguishedName.TryParse(baseDn, out var name))
            return baseDn;
        return _contexts
            .Where(context => !context.Name.IsRoot && name.IsUnder(context.Name))
            .OrderByDescending(static context => context.Name.Rdns.Length)
            .Select(static context => context.Text)
            .FirstOrDefault(baseDn);
    }

    private static AttributeTexts Texts(SearchResultEntry? entry, string attribute) => entry?.Texts(attribute) ?? default;
}
