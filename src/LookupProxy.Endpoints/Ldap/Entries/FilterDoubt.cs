using System.Collections.Immutable;
using LookupProxy.Core.Recipients;
using LookupProxy.Ldap.Filters;

namespace LookupProxy.Endpoints.Ldap.Entries;

/// <summary>
/// Whether a recipient that a filter does not match is certain not to match it. A gateway takes success without an entry for "no such recipient", so what
/// hangs on an attribute that nobody gave, or on a rule that nobody has, must not be answered so.
/// </summary>
internal static class FilterDoubt
{
    /// <returns>Why it cannot be told whether the filter matches, for the client; null when it does not match whatever the rest may be.</returns>
    public static string? Of(LdapFilter filter, EntryLayout layout, Verdict verdict)
    {
        var entry = new RecipientEntry(layout, verdict) { IsDoubtful = true };
        if (FilterEvaluator.Evaluate(filter, entry) == Truth.Undefined)
            return Describe(FirstUndefined(filter, entry), entry);
        // Of one that is accepted unseen the entry is made up: not even the kind is known.
        return verdict.Kind == VerdictKind.Unknown ? "no directory could be asked whether the filter matches" : null;
    }

    private static LdapFilter FirstUndefined(LdapFilter filter, RecipientEntry entry) => filter switch
    {
        LdapFilter.And and => FirstUndefined(and.Operands, entry),
        LdapFilter.Or or => FirstUndefined(or.Operands, entry),
        LdapFilter.Not not => FirstUndefined(not.Operand, entry),
        _ => filter,
    };

    private static LdapFilter FirstUndefined(ImmutableArray<LdapFilter> operands, RecipientEntry entry) =>
        FirstUndefined(operands.First(operand => FilterEvaluator.Evaluate(operand, entry) == Truth.Undefined), entry);

    private static string Describe(LdapFilter item, RecipientEntry entry)
    {
        if (FilterItems.AttributeOf(item) is not { } attribute)
            return "a part of the filter cannot be evaluated";
        var shown = ClientText.Show(attribute);
        return entry.TryRead(attribute, out _, out _)
            ? $"what the filter asserts of the attribute {shown} cannot be evaluated"
            : $"the filter hangs on the attribute {shown}, which is not known here";
    }
}
