using LookupProxy.Core.Addresses;
using LookupProxy.Core.Recipients;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.Endpoints.Ldap.Server;

/// <summary>A search for one address that has been read before, and what was last answered to it. Who asks, and what is so now, is looked at each time.</summary>
internal sealed class KnownSearch(SearchRequest request, Address address)
{
    /// <summary>Octets of an entry that is kept. A group's can have a megabyte, and whoever asks for it in ever new words would have it kept as often.</summary>
    private const int MaxKept = 4096;

    private volatile Answered? _last;

    public SearchRequest Request => request;

    public Address Address => address;

    /// <summary>The entry's encoded operation, if it was made of this very verdict; else null.</summary>
    public byte[]? EntryOf(Verdict verdict) => _last is { } last && ReferenceEquals(last.Verdict, verdict) ? last.Entry : null;

    public void Note(Verdict verdict, byte[] entry) => _last = entry.Length <= MaxKept ? new Answered(verdict, entry) : null;

    private sealed record Answered(Verdict Verdict, byte[] Entry);
}
