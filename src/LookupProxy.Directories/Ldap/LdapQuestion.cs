using System.Collections.Immutable;
using LookupProxy.Core.Addresses;
using LookupProxy.Directories.Ldap.Filters;
using LookupProxy.Ldap.Filters;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.Directories.Ldap;

/// <summary>The searches that a directory is asked with. Immutable; one for all of a directory's servers.</summary>
internal sealed class LdapQuestion
{
    /// <summary>Seconds. Above any lookup's deadline, so that it decides nothing: it ends a search whose Abandon was lost.</summary>
    private const int TimeLimit = 10;

    /// <summary>The second entry shows that the first is not alone; more would tell nothing.</summary>
    private const int Entries = 2;

    /// <summary>Where disabled accounts don't count, the one that does may come after them.</summary>
    private const int EntriesPastDisabled = 16;

    /// <summary>RFC 4511 4.5.1.8: no attributes.</summary>
    private const string NoAttributes = "1.1";

    private readonly FilterTemplate _template;
    private readonly ImmutableArray<string> _attributes;
    private readonly int _sizeLimit;

    public LdapQuestion(FilterTemplate template, LdapSchema schema, IEnumerable<string> attributes)
    {
        _template = template;
        _attributes = [.. attributes.Concat(template.AssertedAttributes).Distinct(StringComparer.OrdinalIgnoreCase)];
        _sizeLimit = schema.DisabledExists || schema.DisabledWhen.IsEmpty ? Entries : EntriesPastDisabled;
    }

    /// <summary>Several addresses may share a search.</summary>
    public bool CanBeShared => _template.IsTellable;

    public AskedAddress Of(Address address)
    {
        var forms = AddressForms.Of(address);
        return new(_template.Bind(forms), forms, _template.Asserted);
    }

    /// <param name="addresses">For which it asks.</param>
    public SearchRequest Search(string baseDn, LdapFilter filter, int addresses = 1) => new(baseDn, SearchScope.WholeSubtree, filter)
    {
        SizeLimit = addresses * _sizeLimit,
        TimeLimit = TimeLimit,
        Attributes = _attributes,
    };

    /// <summary>Whether this entry matches an address that nobody has. A server that heeds the filter finds nothing.</summary>
    public SearchRequest Control(SearchResultEntry entry) => new(entry.ObjectName, SearchScope.BaseObject, _template.Bind([AddressForm.Impossible]))
    {
        TimeLimit = TimeLimit,
        Attributes = [NoAttributes],
    };

    /// <summary>Whether any recipient at all can be seen.</summary>
    /// <param name="with">Attributes that he must have.</param>
    public SearchRequest Anybody(string baseDn, ImmutableArray<string> with) => new(baseDn, SearchScope.WholeSubtree, AnybodyWith(with))
    {
        SizeLimit = 1,
        TimeLimit = TimeLimit,
        Attributes = [NoAttributes],
    };

    /// <summary>Whether this entry can still be seen as a recipient.</summary>
    /// <inheritdoc cref="Anybody"/>
    public SearchRequest Somebody(string dn, ImmutableArray<string> with) => new(dn, SearchScope.BaseObject, AnybodyWith(with))
    {
        TimeLimit = TimeLimit,
        Attributes = [NoAttributes],
    };

    public static SearchRequest Probe(string baseDn) => new(baseDn, SearchScope.BaseObject, LdapFilter.Anything)
    {
        TimeLimit = TimeLimit,
        Attributes = [NoAttributes],
    };

    private LdapFilter AnybodyWith(ImmutableArray<string> attributes) => attributes.IsEmpty
        ? _template.Anybody
        : new LdapFilter.And([_template.Anybody, .. attributes.Select(static attribute => new LdapFilter.Present(attribute))]);
}
