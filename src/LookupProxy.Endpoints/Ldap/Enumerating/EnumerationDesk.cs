using LookupProxy.Core.Lookups;
using LookupProxy.Core.Searching;
using LookupProxy.Endpoints.Connections;
using LookupProxy.Endpoints.Ldap.Entries;
using LookupProxy.Endpoints.Ldap.Firewall;
using LookupProxy.Endpoints.Ldap.Searching;
using LookupProxy.Endpoints.Ldap.Server;
using LookupProxy.Ldap;
using LookupProxy.Ldap.Filters;
using LookupProxy.Ldap.Messages;
using LookupProxy.Ldap.Names;

namespace LookupProxy.Endpoints.Ldap.Enumerating;

/// <summary>Begins enumerations: who may, of what, and no more at a time than is allowed.</summary>
internal sealed class EnumerationDesk(PassThroughSearchOptions options, LdapOptions endpoint, LdapSources sources, IRecipientResolver resolver, RuleBook rules, ConnectionServices services)
{
    private readonly DistinguishedName _suffix = DistinguishedName.TryParse(endpoint.Suffix, out var name) ? name : DistinguishedName.Root;
    private readonly EntryNames _names = new(endpoint.Suffix);
    private int _underWay;

    public PassThroughSearchOptions Options => options;

    /// <summary>Whether a base is none of ours.</summary>
    public bool IsElsewhere(string @base) =>
        DistinguishedName.TryParse(@base, out var name) && !name.IsRoot && !name.IsUnder(_suffix) && !_suffix.IsUnder(name);

    /// <summary>What the client may enumerate; null when nothing, which is then logged.</summary>
    public EnumerationScope? ScopeOf(ClientRights rights, System.Net.EndPoint? client)
    {
        if (rights.User is not null)
            return null;
        var namespaces = sources.Namespaces.Of(rights.View);
        var languages = new Dictionary<string, ISearchLanguage>(StringComparer.Ordinal);
        foreach (var ns in namespaces)
        {
            var ruling = rights.Permit.Decide(LdapQuestions.Enumeration, ns.Name);
            if (ruling.IsAllowed)
                languages[ns.Name] = ruling.Language;
        }

        if (languages.Count > 0)
            return new EnumerationScope(namespaces, languages);
        rules.Allows(rights, LdapQuestions.Enumeration, namespaces.FirstOrDefault()?.Name, client);
        return null;
    }

    /// <summary>Why the filter can't be answered for sure; null when it can.</summary>
    public string? Doubt(EnumerationScope scope, LdapFilter filter)
    {
        foreach (var language in scope.Languages)
        {
            if (language.Unknown(filter, scope.Directories, options.FilterAttributes) is { } attribute)
                return $"the filter hangs on the attribute {attribute}, which is not known here";
            if (language.UnknownRule(filter) is { } rule)
                return $"the matching rule {ClientText.Show(rule)} is not evaluated here"
                    + (rule == Oids.TransitiveEvaluation ? ": ask for nested groups alone or in an AND, by an attribute such as memberOf" : "");
        }

        return null;
    }

    /// <returns>Null when too many are under way.</returns>
    public async Task<Enumeration?> BeginAsync(SearchRequest search, ClientRights rights, EnumerationScope scope)
    {
        if (Interlocked.Increment(ref _underWay) > options.MaxConcurrent)
        {
            Interlocked.Decrement(ref _underWay);
            return null;
        }

        try
        {
            var names = new GroupNames(_names, resolver, rights.View);
            var filter = await names.TranslateAsync(search.Filter);
            var request = RequestOf(search, filter, scope) with { IsWhole = !names.AreMissing };
            var directories = scope.Directories.Select(name => (name, sources.Searches.GetValueOrDefault(name)));
            if (request.UsesBase)
                directories = directories.Where(directory => directory.Item2?.Holds(search.BaseObject) == true);
            return new Enumeration(request, scope, [.. directories], options, services.Time, services.Logger, () => Interlocked.Decrement(ref _underWay));
        }
        catch
        {
            Interlocked.Decrement(ref _underWay);
            throw;
        }
    }

    /// <summary>Our own tree is flat, so a base in it is everybody; a base of a directory's is that directory, as far as it reaches; any other is everybody too.</summary>
    private EnumerationRequest RequestOf(SearchRequest search, LdapFilter filter, EnumerationScope scope)
    {
        var isElsewhere = IsElsewhere(search.BaseObject)
            && scope.Directories.Any(directory => sources.Searches.GetValueOrDefault(directory)?.Holds(search.BaseObject) == true);
        var question = new RecipientQuestion(FilterText.Format(filter))
        {
            Decidable = scope.Languages[0].Decidable(filter),
            Extra = options.FilterAttributes,
            Base = isElsewhere ? search.BaseObject : null,
            Reach = search.Scope switch { SearchScope.BaseObject => SearchReach.Base, SearchScope.SingleLevel => SearchReach.OneLevel, _ => SearchReach.Subtree },
        };
        return new EnumerationRequest(search, scope.Languages[0].ToEvaluate(filter), question, isElsewhere);
    }
}
