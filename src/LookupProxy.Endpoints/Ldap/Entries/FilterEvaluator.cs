using System.Collections.Immutable;
using LookupProxy.Endpoints.Ldap.Entries.Matching;
using LookupProxy.Endpoints.Ldap.Question;
using LookupProxy.Ldap.Filters;

namespace LookupProxy.Endpoints.Ldap.Entries;

/// <summary>
/// A filter's truth for one entry, three-valued (RFC 4511 4.5.1.7). One rule is our own: an equality that names the address that was asked
/// for is true in whichever attribute it is looked for, since directories keep a recipient's addresses in different ones and the verdict is
/// the same through all.
/// </summary>
internal static class FilterEvaluator
{
    public static bool Matches(LdapFilter filter, RecipientEntry entry) => Evaluate(filter, entry) == Truth.True;

    public static Truth Evaluate(LdapFilter filter, RecipientEntry entry)
    {
        switch (filter)
        {
            case LdapFilter.Equality equality:
                return Equality(equality.Attribute, equality.Value.Span, entry);
            case LdapFilter.And and:
                return All(and.Operands, entry);
            case LdapFilter.Or or:
                return Any(or.Operands, entry);
            case LdapFilter.Not not:
                return (Truth)(Truth.True - Evaluate(not.Operand, entry));
            case LdapFilter.Approximate approximate:
                return Equality(approximate.Attribute, approximate.Value.Span, entry);
            case LdapFilter.Present present:
                return entry.TryRead(present.Attribute, out _, out var values) ? Of(values.Count > 0) : Truth.Undefined;
            case LdapFilter.Substrings substrings:
                return SubstringMatch.Evaluate(substrings, entry);
            case LdapFilter.GreaterOrEqual greater:
                return OrderMatch.Evaluate(greater.Attribute, greater.Value.Span, wanted: 1, entry);
            case LdapFilter.LessOrEqual less:
                return OrderMatch.Evaluate(less.Attribute, less.Value.Span, wanted: -1, entry);
            case LdapFilter.Extensible extensible:
                return ExtensibleMatch.Evaluate(extensible, entry);
            default:
                return Truth.Undefined;
        }
    }

    public static Truth Of(bool value) => value ? Truth.True : Truth.False;

    public static Truth Equality(string attribute, ReadOnlySpan<byte> value, RecipientEntry entry) =>
        NamesAsked(attribute, value, entry) ? Truth.True : EqualityMatch.Evaluate(attribute, value, entry);

    private static bool NamesAsked(string attribute, ReadOnlySpan<byte> value, RecipientEntry entry)
    {
        if (!AddressValue.Names(attribute, value, entry.Asked))
            return AttributeRoles.Of(attribute) == AttributeRole.LocalPart && StringMatch.Equal(entry.Asked.LocalPart, value) == Truth.True;
        return AttributeRoles.Of(attribute) != AttributeRole.Elsewhere;
    }

    private static Truth All(ImmutableArray<LdapFilter> operands, RecipientEntry entry)
    {
        var least = Truth.True;
        foreach (var operand in operands)
        {
            var truth = Evaluate(operand, entry);
            if (truth == Truth.False)
                return Truth.False;
            if (truth < least)
                least = truth;
        }

        return least;
    }

    private static Truth Any(ImmutableArray<LdapFilter> operands, RecipientEntry entry)
    {
        var greatest = Truth.False;
        foreach (var operand in operands)
        {
            var truth = Evaluate(operand, entry);
            if (truth == Truth.True)
                return Truth.True;
            if (truth > greatest)
                greatest = truth;
        }

        return greatest;
    }
}
