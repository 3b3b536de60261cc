using System.Collections.Immutable;
using System.Text;
using LookupProxy.Ldap.Filters;

namespace LookupProxy.TestKit.Codec;

/// <summary>A filter as it is built, not as RFC 4515 writes it: that text says less.</summary>
public static class FilterDump
{
    public static string Of(LdapFilter filter)
    {
        var text = new StringBuilder();
        Append(text, filter);
        return text.ToString();
    }

    internal static void Append(StringBuilder text, LdapFilter filter)
    {
        switch (filter)
        {
            case LdapFilter.And and:
                AppendSet(text, "And", and.Operands);
                break;
            case LdapFilter.Or or:
                AppendSet(text, "Or", or.Operands);
                break;
            case LdapFilter.Not not:
                AppendSet(text, "Not", [not.Operand]);
                break;
            case LdapFilter.Equality equality:
                text.Append($"Equality({equality.Attribute}, {MessageDump.Octets(equality.Value)})");
                break;
            case LdapFilter.GreaterOrEqual greater:
                text.Append($"GreaterOrEqual({greater.Attribute}, {MessageDump.Octets(greater.Value)})");
                break;
            case LdapFilter.LessOrEqual less:
                text.Append($"LessOrEqual({less.Attribute}, {MessageDump.Octets(less.Value)})");
                break;
            case LdapFilter.Approximate approximate:
                text.Append($"Approximate({approximate.Attribute}, {MessageDump.Octets(approximate.Value)})");
                break;
            case LdapFilter.Present present:
                text.Append($"Present({present.Attribute})");
                break;
            case LdapFilter.Substrings pieces:
                var any = string.Join(", ", pieces.Any.Select(piece => MessageDump.Octets(piece)));
                text.Append($"Substrings({pieces.Attribute}, {MessageDump.Octets(pieces.Initial)}, [{any}], {MessageDump.Octets(pieces.Final)})");
                break;
            case LdapFilter.Extensible match:
                text.Append($"Extensible({match.MatchingRule ?? "-"}, {match.Attribute ?? "-"}, {MessageDump.Octets(match.Value)}, {match.DnAttributes})");
                break;
            case LdapFilter.Undefined undefined:
                text.Append($"Undefined({undefined.Tag:X2})");
                break;
            default:
                throw new ArgumentException(filter.GetType().Name, nameof(filter));
        }
    }

    private static void AppendSet(StringBuilder text, string name, ImmutableArray<LdapFilter> operands)
    {
        text.Append(name).Append('(');
        for (var i = 0; i < operands.Length; i++)
        {
            if (i > 0)
                text.Append(", ");
            Append(text, operands[i]);
        }

        text.Append(')');
    }
}
