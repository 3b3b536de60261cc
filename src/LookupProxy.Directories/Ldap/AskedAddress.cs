using System.Collections.Immutable;
using LookupProxy.Directories.Ldap.Entries;
using LookupProxy.Directories.Ldap.Filters;
using LookupProxy.Ldap.Filters;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.Directories.Ldap;

/// <summary>An address as a directory is asked for it.</summary>
internal sealed class AskedAddress(LdapFilter filter, ImmutableArray<AddressForm> forms, ImmutableArray<AssertedValue> asserted)
{
    private WantedValues? _values;

    public LdapFilter Filter => filter;

    /// <summary>It holds what a careless server takes for a wildcard.</summary>
    public bool HasWildcard => forms[0].Local.Span.ContainsAny((byte)'*', (byte)'%');

    /// <inheritdoc cref="WantedValues.AreShownBy"/>
    public bool IsShownBy(SearchResultEntry entry) => (_values ??= new(asserted, forms)).AreShownBy(entry);
}
