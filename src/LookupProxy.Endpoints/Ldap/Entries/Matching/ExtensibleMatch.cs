using LookupProxy.Endpoints.Ldap.Question;
using LookupProxy.Ldap;
using LookupProxy.Ldap.Filters;
using LookupProxy.Ldap.Names;

namespace LookupProxy.Endpoints.Ldap.Entries.Matching;

/// <summary>
/// extensibleMatch (RFC 4511 4.5.1.7.7): the attribute's own rule, caseIgnoreMatch, and Active Directory's bit rules (MS-ADTS 3.1.1.3.4.4).
/// Other rules, membership through nested groups among them, and a rule without an attribute are Undefined.
/// </summary>
internal static class ExtensibleMatch
{
    public static bool Knows(string? rule) =>
        rule is null or Rules.CaseIgnoreMatch or Rules.CaseIgnoreMatchOid or Rules.CaseExactMatchOid or Oids.BitAnd or Oids.BitOr;

    public static Truth Evaluate(LdapFilter.Extensible filter, RecipientEntry entry)
    {
        if (filter.Attribute is not { } attribute)
            return Truth.Undefined;
        var assertion = filter.Value.Span;
        var truth = filter.MatchingRule switch
        {
            null or Rules.CaseIgnoreMatch or Rules.CaseIgnoreMatchOid or Rules.CaseExactMatchOid => FilterEvaluator.Equality(attribute, assertion, entry),
            Oids.BitAnd => OfBits(attribute, assertion, entry, all: true),
            Oids.BitOr => OfBits(attribute, assertion, entry, all: false),
            _ => Truth.Undefined,
        };
        return filter.DnAttributes && truth == Truth.False ? InName(attribute, assertion, entry) : truth;
    }

    private static Truth OfBits(string attribute, ReadOnlySpan<byte> assertion, RecipientEntry entry, bool all)
    {
        if (!entry.TryRead(attribute, out var syntax, out var values) || syntax != ValueSyntax.Integer || !IntegerText.TryRead(assertion, out var bits))
            return Truth.Undefined;
        for (var i = 0; i < values.Count; i++)
        {
            if (IntegerText.TryRead(values[i], out var value) && (all ? (value & bits) == bits : (value & bits) != 0))
                return Truth.True;
        }

        return Truth.False;
    }

    /// <summary>":dn": the components of the entry's name count as attributes too.</summary>
    private static Truth InName(string attribute, ReadOnlySpan<byte> assertion, RecipientEntry entry)
    {
        if (!DistinguishedName.TryParse(entry.Name, out var name))
            return Truth.Undefined;
        foreach (var rdn in name.Rdns)
        {
            foreach (var part in rdn.Attributes)
            {
                if (AttributeSynonyms.Usual(part.Type).Equals(attribute, StringComparison.OrdinalIgnoreCase) && StringMatch.Equal(part.Value, assertion) == Truth.True)
                    return Truth.True;
            }
        }

        return Truth.False;
    }
}
