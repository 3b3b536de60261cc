using System.Collections.Frozen;
using System.Collections.Immutable;
using LookupProxy.Core.Addresses;
using LookupProxy.Core.Lookups;
using LookupProxy.Core.Recipients;
using LookupProxy.Core.Searching;
using LookupProxy.Endpoints.Ldap.Searching;

namespace LookupProxy.Endpoints.Ldap.Enumerating;

/// <summary>The namespaces that one enumeration is about, each with the language in which its recipients are told.</summary>
internal sealed class EnumerationScope
{
    private readonly FrozenDictionary<string, (NamespaceOutline Namespace, ISearchLanguage Language)>.AlternateLookup<ReadOnlySpan<char>> _byDomain;

    /// <param name="languages">By the namespace's name; one that is not there may not be enumerated.</param>
    public EnumerationScope(ImmutableArray<NamespaceOutline> namespaces, IReadOnlyDictionary<string, ISearchLanguage> languages)
    {
        var byDomain = new Dictionary<string, (NamespaceOutline, ISearchLanguage)>(StringComparer.Ordinal);
        foreach (var ns in namespaces)
        {
            if (!languages.TryGetValue(ns.Name, out var language))
                continue;
            foreach (var domain in ns.Domains)
                byDomain.TryAdd(domain, (ns, language));
        }

        _byDomain = byDomain.ToFrozenDictionary(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
        Directories = [.. namespaces.Where(ns => languages.ContainsKey(ns.Name)).SelectMany(static ns => ns.Directories).Distinct(StringComparer.Ordinal)];
        Languages = [.. languages.Values.Distinct()];
    }

    public ImmutableArray<string> Directories { get; }

    public ImmutableArray<ISearchLanguage> Languages { get; }

    /// <summary>
    /// The recipient under the first of its addresses that is in a domain of the scope, which the directory shares, and that was not told before.
    /// Null when there is none: it is somebody else's, or told already.
    /// </summary>
    public (Verdict Verdict, ISearchLanguage Language)? Place(string directory, FoundRecipient found, SeenAddresses seen)
    {
        var isFirst = true;
        for (var i = 0; i < found.Addresses.Length; i++)
        {
            var address = found.Addresses[i];
            if (!TryFind(directory, address, out var ns, out var language))
                continue;
            if (!seen.Contains(address, ns.CaseSensitive))
            {
                var recipient = isFirst ? found.Recipient : found.Recipient with { PrimaryAddress = address.Text };
                recipient = ListedAddresses.Put(recipient, [.. found.Addresses.Skip(i).Where(other => TryFind(directory, other, out _, out _))]);
                return (new Verdict { Kind = VerdictKind.Valid, Address = address, Namespace = ns.Name, Recipient = recipient, DecidedAs = address }, language);
            }

            // What the first one names was told as another directory's; this entry is about the rest.
            isFirst = false;
        }

        return null;
    }

    /// <summary>All addresses of the recipient that are in the scope.</summary>
    public void MarkSeen(string directory, FoundRecipient found, SeenAddresses seen)
    {
        foreach (var address in found.Addresses)
        {
            if (TryFind(directory, address, out var ns, out _))
                seen.Add(address, ns.CaseSensitive);
        }
    }

    private bool TryFind(string directory, Address address, out NamespaceOutline ns, out ISearchLanguage language)
    {
        var isThere = _byDomain.TryGetValue(address.Domain, out var found);
        (ns, language) = found;
        return isThere && ns.Directories.Contains(directory, StringComparer.Ordinal);
    }
}
