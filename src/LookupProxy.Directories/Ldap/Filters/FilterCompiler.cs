using System.Collections.Immutable;
using LookupProxy.Ldap.Filters;

namespace LookupProxy.Directories.Ldap.Filters;

/// <summary>From a parsed filter with marks to one with places for values.</summary>
internal sealed class FilterCompiler
{
    private readonly ImmutableArray<AssertedValue>.Builder _asserted = ImmutableArray.CreateBuilder<AssertedValue>();
    private bool _negated;

    /// <summary>Placeholders found in values.</summary>
    public int Placeholders { get; private set; }

    /// <summary>Those not under a NOT.</summary>
    public int Positive { get; private set; }

    public ImmutableArray<AssertedValue> Asserted => _asserted.ToImmutable();

    public FilterNode Compile(LdapFilter filter) => filter switch
    {
        LdapFilter.And and => Group(filter, and.Operands, static operands => new FilterNode.All(operands)),
        LdapFilter.Or or => Group(filter, or.Operands, static operands => new FilterNode.Any(operands)),
        LdapFilter.Not not => Negate(filter, not),
        LdapFilter.Equality item => Equality(item),
        LdapFilter.GreaterOrEqual item => Item(item, item.Attribute, item.Value, value => new LdapFilter.GreaterOrEqual(item.Attribute, value)),
        LdapFilter.LessOrEqual item => Item(item, item.Attribute, item.Value, value => new LdapFilter.LessOrEqual(item.Attribute, value)),
        LdapFilter.Approximate item => Item(item, item.Attribute, item.Value, value => new LdapFilter.Approximate(item.Attribute, value)),
        LdapFilter.Extensible item => Item(item, item.Attribute, item.Value, value => item with { Value = value }),
        LdapFilter.Substrings item => Substrings(item),
        _ => new FilterNode.Fixed(filter),
    };

    private FilterNode Group(LdapFilter filter, ImmutableArray<LdapFilter> operands, Func<ImmutableArray<FilterNode>, FilterNode> group)
    {
        var nodes = operands.Select(Compile).ToImmutableArray();
        return nodes.All(static node => node is FilterNode.Fixed) ? new FilterNode.Fixed(filter) : group(nodes);
    }

    private FilterNode Negate(LdapFilter filter, LdapFilter.Not not)
    {
        _negated = !_negated;
        var operand = Compile(not.Operand);
        _negated = !_negated;
        return operand is FilterNode.Fixed ? new FilterNode.Fixed(filter) : new FilterNode.Negation(operand);
    }

    private FilterNode Equality(LdapFilter.Equality item)
    {
        var template = Read(item.Value);
        if (template.Placeholders == 0)
            return new FilterNode.Fixed(item);
        if (!_negated)
            _asserted.Add(new(item.Attribute, template));
        return new FilterNode.Item(item.Attribute, form => new LdapFilter.Equality(item.Attribute, template.Fill(form)));
    }

    private FilterNode Item(LdapFilter filter, string? attribute, ReadOnlyMemory<byte> value, Func<ReadOnlyMemory<byte>, LdapFilter> build)
    {
        var template = Read(value);
        return template.Placeholders == 0 ? new FilterNode.Fixed(filter) : new FilterNode.Item(attribute, form => build(template.Fill(form)));
    }

    private FilterNode Substrings(LdapFilter.Substrings item)
    {
        var before = Placeholders;
        var initial = item.Initial is { } first ? Read(first) : null;
        var any = item.Any.Select(Read).ToImmutableArray();
        var final = item.Final is { } last ? Read(last) : null;
        if (Placeholders == before)
            return new FilterNode.Fixed(item);
        return new FilterNode.Item(item.Attribute, form => new LdapFilter.Substrings(
            item.Attribute,
            initial?.Fill(form),
            [.. any.Select(part => part.Fill(form))],
            final?.Fill(form)));
    }

    private ValueTemplate Read(ReadOnlyMemory<byte> marked)
    {
        var template = ValueTemplate.Parse(marked);
        Placeholders += template.Placeholders;
        if (!_negated)
            Positive += template.Placeholders;
        return template;
    }
}
