using LookupProxy.Core.Recipients;
using LookupProxy.Endpoints.Ldap.Entries;
using LookupProxy.Endpoints.Ldap.Question;
using LookupProxy.Endpoints.Ldap.Server;
using LookupProxy.Ldap.Filters;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.Endpoints.Ldap.Searching;

/// <summary>Any filter that asks for recipients, and uniform entries for them.</summary>
internal sealed class RecipientLanguage(LdapOptions options) : ISearchLanguage
{
    private readonly QuestionOptions _question = new() { DefaultDomain = options.DefaultDomain };
    private readonly EntryBuilder _entries = new(new EntryLayout(options.Suffix, options.Entries));

    public SearchReading Read(LdapFilter filter) => QuestionReader.Read(filter, _question);

    public byte[]? Entry(SearchRequest search, Verdict verdict)
    {
        var entry = _entries.Build(verdict);
        if (!FilterEvaluator.Matches(search.Filter, entry))
            return null;
        return OperationBytes.Of(new SearchResultEntry(entry.Name, AttributeSelection.Apply(entry, search.Attributes, search.TypesOnly)));
    }
}
