using System.Collections.Immutable;
using LookupProxy.Ldap.Filters;

namespace LookupProxy.Directories.Ldap.Filters;

/// <summary>A compiled filter: fixed where it holds no placeholder, else built anew for each address.</summary>
internal abstract class FilterNode
{
    public abstract LdapFilter Bind(ImmutableArray<AddressForm> forms);

    /// <summary>The filter that finds whoever has any address at all: presence in place of every item with a placeholder.</summary>
    public abstract LdapFilter ForAnybody();

    /// <summary>An entry that passed it for one address passes it for every other of which it holds a value.</summary>
    public virtual bool IsPassedByAnyValue => false;

    internal sealed class Fixed(LdapFilter filter) : FilterNode
    {
        public override LdapFilter ForAnybody() => filter;

        public override LdapFilter Bind(ImmutableArray<AddressForm> forms) => filter;
    }

    /// <summary>One item with placeholders. Several forms of the address become an OR here, at the item, so that it means the same under a NOT.</summary>
    /// <param name="attribute">Null for an extensible match over all attributes.</param>
    internal sealed class Item(string? attribute, Func<AddressForm, LdapFilter> build) : FilterNode
    {
        public override bool IsPassedByAnyValue => true;

        public override LdapFilter ForAnybody() => attribute is null ? LdapFilter.Anything : new LdapFilter.Present(attribute);

        public override LdapFilter Bind(ImmutableArray<AddressForm> forms)
        {
            if (forms is [var only])
                return build(only);
            // Forms that differ only in a part that the item does not hold give the same item.
            var items = forms.Select(build).DistinctBy(FilterText.Format, StringComparer.Ordinal).ToImmutableArray();
            return items is [var single] ? single : new LdapFilter.Or(items);
        }
    }

    internal sealed class Negation(FilterNode operand) : FilterNode
    {
        public override LdapFilter ForAnybody() => LdapFilter.Anything;

        public override LdapFilter Bind(ImmutableArray<AddressForm> forms) => new LdapFilter.Not(operand.Bind(forms));
    }

    internal sealed class All(ImmutableArray<FilterNode> operands) : FilterNode
    {
        public override bool IsPassedByAnyValue =>
            operands.Where(static operand => operand is not Fixed).ToArray() is [{ IsPassedByAnyValue: true }];

        public override LdapFilter ForAnybody() => new LdapFilter.And([.. operands.Select(static operand => operand.ForAnybody())]);

        public override LdapFilter Bind(ImmutableArray<AddressForm> forms)
        {
            var bound = ImmutableArray.CreateBuilder<LdapFilter>(operands.Length);
            foreach (var operand in operands)
                bound.Add(operand.Bind(forms));
            return new LdapFilter.And(bound.MoveToImmutable());
        }
    }

    internal sealed class Any(ImmutableArray<FilterNode> operands) : FilterNode
    {
        /// <summary>Not with an AND among them: whether its other parts hold is not known.</summary>
        public override bool IsPassedByAnyValue => operands.All(static operand => operand is (Item or Any) and { IsPassedByAnyValue: true });

        public override LdapFilter ForAnybody() => new LdapFilter.Or([.. operands.Select(static operand => operand.ForAnybody())]);

        public override LdapFilter Bind(ImmutableArray<AddressForm> forms)
        {
            var bound = ImmutableArray.CreateBuilder<LdapFilter>(operands.Length * forms.Length);
            foreach (var operand in operands)
            {
                if (operand.Bind(forms) is var filter && filter is LdapFilter.Or several)
                    bound.AddRange(several.Operands);
                else
                    bound.Add(filter);
            }

            return new LdapFilter.Or(bound.DrainToImmutable());
        }
    }
}
