using System.Collections.Immutable;
using LookupProxy.Ldap.Filters;

namespace LookupProxy.Directories.Ldap.Searching;

/// <summary>
/// What of a client's filter the directory can be asked: a filter that finds everything that the whole one would, and perhaps more. Assertions about
/// attributes that are not to be asked about, all matching rules but the one for nested groups (a server that does not know a rule finds nobody, RFC 4511
/// 4.5.1.7), and all that stands under a NOT, are left to the caller: taken for true.
/// </summary>
internal static class FilterRelaxation
{
    /// <returns>Null when nothing is left: everything may match.</returns>
    public static LdapFilter? Relax(LdapFilter filter, Func<string, bool> mayAsk) => filter switch
    {
        LdapFilter.And and => All(and.Operands, mayAsk),
        LdapFilter.Or or => Any(or.Operands, mayAsk),
        LdapFilter.Extensible when !FilterItems.IsNested(filter) => null,
        _ => FilterItems.AttributeOf(filter) is { } attribute && mayAsk(FilterItems.WithoutOptions(attribute)) ? filter : null,
    };

    private static LdapFilter? All(ImmutableArray<LdapFilter> operands, Func<string, bool> mayAsk)
    {
        ImmutableArray<LdapFilter> left = [.. operands.Select(operand => Relax(operand, mayAsk)).OfType<LdapFilter>()];
        return left switch
        {
            [] => null,
            [var only] => only,
            _ => new LdapFilter.And(left),
        };
    }

    private static LdapFilter.Or? Any(ImmutableArray<LdapFilter> operands, Func<string, bool> mayAsk)
    {
        var left = ImmutableArray.CreateBuilder<LdapFilter>(operands.Length);
        foreach (var operand in operands)
        {
            if (Relax(operand, mayAsk) is not { } relaxed)
                return null;
            left.Add(relaxed);
        }

        return left.Count == 0 ? null : new LdapFilter.Or(left.ToImmutable());
    }
}
