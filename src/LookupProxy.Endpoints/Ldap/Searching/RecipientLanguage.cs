using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using LookupProxy.Core.Addresses;
using LookupProxy.Core.Recipients;
using LookupProxy.Endpoints.Ldap.Entries;
using LookupProxy.Endpoints.Ldap.Enumerating;
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

    /// <summary>Of what directories are searched for: the filter may ask about some attributes that do not leave.</summary>
    private readonly EntryLayout _listed = new(options.Suffix, options.Entries with { Allowed = options.Entries.Allowed?.AddRange(options.Search?.FilterAttributes ?? []) });

    private readonly EntryNames _names = new(options.Suffix);
    private Func<string, string>? _usualName;

    public LdapFilter Usual(LdapFilter filter) => FilterItems.Rename(filter, _usualName ??= _layout.UsualName);

    public SearchReading Read(LdapFilter filter) => QuestionReader.Read(filter, _question);

    public bool TryReadName(DistinguishedName name, [NotNullWhen(true)] out Address? address) => _names.TryReadAddress(name, out address);

    public EncodedEntry? Entry(SearchRequest search, Verdict verdict)
    {
        var entry = new RecipientEntry(_layout, verdict);
        return FilterEvaluator.Matches(search.Filter, entry) ? Encode(entry, search) : null;
    }

    public EncodedEntry? Listed(SearchRequest search, LdapFilter filter, Verdict verdict, AttributeDictionary extra)
    {
        if (!FilterEvaluator.Matches(filter, new RecipientEntry(_listed, extra.IsEmpty ? verdict : With(verdict, extra))))
            return null;
        return Encode(new RecipientEntry(_layout, verdict), search);
    }

    public string? Unknown(LdapFilter filter, ImmutableArray<string> directories, ImmutableArray<string> extra) =>
        ListedFilter.Unknown(filter, _listed, directories, extra);

    public string? UnknownRule(LdapFilter filter) => ListedFilter.UnknownRule(filter, _listed);

    public LdapFilter ToEvaluate(LdapFilter filter) => ListedFilter.ToEvaluate(filter, _listed);

    public ImmutableArray<string> Decidable(LdapFilter filter) => ListedFilter.Decidable(filter, _listed);

    private static EncodedEntry Encode(RecipientEntry entry, SearchRequest search)
    {
        var attributes = AttributeSelection.Apply(entry, search.Attributes, search.TypesOnly);
        return new EncodedEntry(entry.Name, OperationBytes.Of(new SearchResultEntry(entry.Name, attributes))) { LacksAll = attributes.IsEmpty && AsksForAny(search.Attributes) };
    }

    /// <summary>"1.1" asks for none (RFC 4511 4.5.1.8), and "dn", which some clients send, is none.</summary>
    private static bool AsksForAny(ImmutableArray<string> asked) => asked.Any(static name => name is not "1.1" && !name.Equals("dn", StringComparison.OrdinalIgnoreCase));

    private static Verdict With(Verdict verdict, AttributeDictionary extra)
    {
        var attributes = new Dictionary<string, ImmutableArray<string>>(verdict.Recipient!.Attributes, StringComparer.OrdinalIgnoreCase);
        foreach (var (name, values) in extra)
            attributes.TryAdd(name, values);
        return verdict with { Recipient = verdict.Recipient with { Attributes = AttributeDictionary.Of(attributes) } };
    }

    public string? Doubt(SearchRequest search, Verdict verdict) => FilterDoubt.Of(search.Filter, _layout, verdict);
}
