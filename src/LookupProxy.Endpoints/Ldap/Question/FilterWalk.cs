using System.Collections.Immutable;
using System.Text;
using LookupProxy.Core.Addresses;
using LookupProxy.Ldap.Filters;
using LookupProxy.Ldap.Names;

namespace LookupProxy.Endpoints.Ldap.Question;

/// <summary>One pass over a filter. The codec and the text parser bound its depth.</summary>
/// <param name="options">Whether local parts mean anything.</param>
/// <param name="readsLocalParts">Reads local parts, which the default domain completes, rather than whole addresses.</param>
internal struct FilterWalk(QuestionOptions options, bool readsLocalParts)
{
    private FoundAddresses _found;

    public readonly FoundAddresses Found => _found;

    public Finding Walk(LdapFilter filter) => filter switch
    {
        LdapFilter.Equality item => ReadItem(item.Attribute, item.Value.Span),
        LdapFilter.Or or => WalkAny(or.Operands),
        LdapFilter.And and => WalkAll(and.Operands),
        LdapFilter.Approximate item => ReadItem(item.Attribute, item.Value.Span),
        LdapFilter.Extensible { MatchingRule: null or Rules.CaseIgnoreMatch or Rules.CaseIgnoreMatchOid or Rules.CaseExactMatchOid, Attribute: { } attribute } item =>
            ReadItem(attribute, item.Value.Span),
        LdapFilter.Substrings substrings => ReadSubstrings(substrings),
        // What a filter excludes it does not ask for.
        LdapFilter.Not { Operand: LdapFilter.Not { Operand: var twice } } => Walk(twice),
        _ => Finding.Other,
    };

    /// <summary>
    /// The greatest: a wildcard makes the whole suspect, and beside an address a class or a local part only adds to what would match.
    /// But beside what nobody can have, they may find somebody.
    /// </summary>
    private Finding WalkAny(ImmutableArray<LdapFilter> operands)
    {
        var hasOther = false;
        var greatest = Finding.Other;
        foreach (var operand in operands)
        {
            var finding = Walk(operand);
            hasOther |= finding == Finding.Other;
            if (finding > greatest)
                greatest = finding;
        }

        return hasOther && greatest < Finding.Address ? Finding.Other : greatest;
    }

    /// <summary>An address beside it binds a wildcard: that one is the operator's own, and only evaluated.</summary>
    private Finding WalkAll(ImmutableArray<LdapFilter> operands)
    {
        var hasAddress = false;
        var greatest = Finding.Other;
        foreach (var operand in operands)
        {
            var finding = Walk(operand);
            hasAddress |= finding == Finding.Address;
            if (finding > greatest)
                greatest = finding;
        }

        return hasAddress ? Finding.Address : greatest;
    }

    private Finding ReadItem(string attribute, ReadOnlySpan<byte> value)
    {
        var role = AttributeRoles.Of(attribute);
        if (role == AttributeRole.Elsewhere)
            return Finding.Other;
        if (!AddressValue.TryStrip(attribute, value, out var text))
            return AttributeRoles.IsPlain(attribute) ? Finding.Scheme : Finding.Other;
        if (readsLocalParts)
            return role switch { AttributeRole.LocalPart => ReadLocalPart(text), AttributeRole.Address => Finding.Bare, _ => Finding.Other };
        if (_found.Has(text))
            return Finding.Address;

        var finding = AddressValue.Read(text, out var address);
        if (finding == Finding.Address)
            _found.Add(address!);
        if (finding == Finding.Nothing && role == AttributeRole.Any && IsName(text))
            return Finding.Other;
        return finding == Finding.Bare && !MayBeBare(role) ? Finding.Other : finding;
    }

    /// <summary>The name of another entry, one of ours, say: <c>isMemberOf=cn=sales@corp.example,o=lookupproxy</c>.</summary>
    private static bool IsName(ReadOnlySpan<byte> value) => DistinguishedName.TryParse(Encoding.UTF8.GetString(value), out var name) && !name.IsRoot;

    /// <summary>An address without a domain is nobody's; a local part is somebody's if there is a domain for it.</summary>
    private readonly bool MayBeBare(AttributeRole role) => role == AttributeRole.Address || (role == AttributeRole.LocalPart && options.DefaultDomain is not null);

    /// <summary>Only what can stand in an address without quotes: "Anna Schmidt" is a person's name.</summary>
    private Finding ReadLocalPart(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty || text.ContainsAny(" ,\"\\/"u8))
            return Finding.Other;
        if (AddressParser.TryParse($"{Encoding.UTF8.GetString(text)}@{options.DefaultDomain}", AddressSyntax.Unquoted, out var address) != AddressFault.None)
            return Finding.Nothing;
        _found.Add(address!);
        return Finding.Address;
    }

    /// <summary>
    /// <c>mail=a*</c> enumerates. <c>mail=u00*@corp.example</c> is a recipient whose asterisk was not escaped, as some gateways send it:
    /// whoever it would match, that recipient does not exist.
    /// </summary>
    private readonly Finding ReadSubstrings(LdapFilter.Substrings filter)
    {
        if (readsLocalParts || AttributeRoles.Of(filter.Attribute) == AttributeRole.Elsewhere)
            return Finding.Other;
        var hasAt = HasAt(filter.Initial) || HasAt(filter.Final);
        foreach (var piece in filter.Any)
            hasAt |= HasAt(piece);
        if (!hasAt)
            return Finding.Other;
        return filter.Any.IsEmpty && filter.Final is { } final && final.Span is [(byte)'@', ..] && IsScheme(filter.Attribute, filter.Initial) ? Finding.Domain : Finding.Wildcard;
    }

    /// <summary>"smtp:" before the asterisk, or nothing.</summary>
    private static bool IsScheme(string attribute, ReadOnlyMemory<byte>? initial) =>
        initial is not { IsEmpty: false } octets || (AddressValue.TryStrip(attribute, octets.Span, out var rest) && rest.IsEmpty);

    private static bool HasAt(ReadOnlyMemory<byte>? piece) => piece is { } octets && octets.Span.Contains((byte)'@');
}
