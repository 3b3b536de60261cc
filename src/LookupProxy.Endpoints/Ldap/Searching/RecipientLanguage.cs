using System.Diagnostics.CodeAnalysis;
using LookupProxy.Core.Addresses;
using LookupProxy.Core.Recipients;
using LookupProxy.Endpoints.Ldap.Entries;
using LookupProxy.Endpoints.Ldap.Question;
using LookupProxy.Endpoints.Ldap.Server;
using LookupProxy.Ldap.Filters;
using LookupProxy.Ldap.Messages;
using LookupProxy.Ldap.Names;

namespace LookupProxy.Endpoints.Ldap.Searching;

/// <summary>Any filter that asks for recipients, and uniform entries for them.</summary>
internal sealed class RecipientLanguage(LdapOptions options) : ISearchLanguage
{
    private readonly QuestionOptions _question = new() { DefaultDomain = options.DefaultDomain };
    private readonly EntryLayout _layout = new(options.Suffix, options.Entries);
    private readonly EntryNames _names = new(options.Suffix);

    public SearchReading Read(LdapFilter filter) => QuestionReader.Read(filter, _question);

    public bool TryReadName(DistinguishedName name, [NotNullWhen(true)] out Address? address) => _names.TryReadAddress(name, out address);

    public EncodedEntry? Entry(SearchRequest search, Verdict verdict)
    {
        var entry = new RecipientEntry(_layout, verdict);
        if (!FilterEvaluator.Matches(search.Filter, entry))
            return null;
        var attributes = AttributeSelection.Apply(entry, search.Attributes, search.TypesOnly);
        return new EncodedEntry(entry.Name, OperationBytes.Of(new SearchResultEntry(entry.Name, attributes)));
    }

    public string? Doubt(SearchRequest search, Verdict verdict) => FilterDoubt.Of(search.Filter, _layout, verdict);
}
