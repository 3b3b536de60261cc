using System.Collections.Immutable;
using System.Text;
using LookupProxy.Ldap.Filters;
using LookupProxy.Ldap.Messages;
using LookupProxy.Ldap.Names;

namespace LookupProxy.Endpoints.Ldap.Server;

/// <summary>An entry of the server's own.</summary>
/// <param name="Operational">Not sent to who asks for "*" only, but of the root DSE, whose attributes are all operational.</param>
internal sealed record ServerEntry(string Name, ImmutableArray<LdapAttribute> User, ImmutableArray<LdapAttribute> Operational)
{
    public static LdapAttribute Attribute(string description, params ReadOnlySpan<string> values)
    {
        var octets = ImmutableArray.CreateBuilder<ReadOnlyMemory<byte>>(values.Length);
        foreach (var value in values)
            octets.Add(Encoding.UTF8.GetBytes(value));
        return new LdapAttribute(description, octets.DrainToImmutable());
    }

    /// <summary>As <paramref name="search"/> asks for it (RFC 4511 4.5.1.8).</summary>
    public SearchResultEntry Select(SearchRequest search)
    {
        var asked = search.Attributes;
        var allUser = asked.IsEmpty || asked.Contains("*");
        var allOperational = asked.Contains("+") || (Name.Length == 0 && allUser);
        var selected = ImmutableArray.CreateBuilder<LdapAttribute>();
        foreach (var attribute in User)
        {
            if (allUser || IsAsked(attribute, asked))
                selected.Add(attribute);
        }

        foreach (var attribute in Operational)
        {
            if (allOperational || IsAsked(attribute, asked))
                selected.Add(attribute);
        }

        return new SearchResultEntry(Name, search.TypesOnly ? [.. selected.Select(static attribute => attribute with { Values = [] })] : selected.DrainToImmutable());
    }

    /// <summary>Enough of RFC 4511 4.5.1.7 for what is asked of such entries; anything else does not match.</summary>
    public bool Matches(LdapFilter filter) => filter switch
    {
        LdapFilter.Present present => Find(present.Attribute) is not null,
        LdapFilter.Equality equality => Find(equality.Attribute)?.Values.Any(value => Ascii.EqualsIgnoreCase(value.Span, equality.Value.Span)) == true,
        LdapFilter.And and => and.Operands.All(Matches),
        LdapFilter.Or or => or.Operands.Any(Matches),
        _ => false,
    };

    private LdapAttribute? Find(string name) =>
        User.Concat(Operational).FirstOrDefault(attribute => attribute.Description.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static bool IsAsked(LdapAttribute attribute, ImmutableArray<string> asked)
    {
        foreach (var name in asked)
        {
            if (AttributeSynonyms.Usual(name).Equals(attribute.Description, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }
}
