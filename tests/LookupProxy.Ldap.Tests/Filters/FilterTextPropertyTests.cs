using System.Text;
using FsCheck;
using FsCheck.Fluent;
using LookupProxy.Ldap.Filters;
using LookupProxy.Ldap.Tests.Support;
using LookupProxy.TestKit.Codec;

namespace LookupProxy.Ldap.Tests.Filters;

public class FilterTextPropertyTests
{
    [Fact]
    public void Any_filter_comes_back_from_its_text() => Check.One(Generate.Config, Prop.ForAll(Generate.Filter.ToArbitrary(), filter =>
    {
        var text = FilterText.Format(filter);
        Assert.True(FilterText.TryParse(text, out var parsed, out var fault), fault);
        Assert.Equal(FilterDump.Of(filter), FilterDump.Of(parsed));
        Assert.True(FilterText.TryParse(text[1..^1], FilterTextOptions.Tolerant, out parsed, out fault), fault);
        Assert.Equal(FilterDump.Of(filter), FilterDump.Of(parsed));
    }));

    [Fact]
    public void Any_escaped_text_is_one_value() => Check.One(Generate.Config, Prop.ForAll(Generate.Text.ToArbitrary(), text =>
    {
        foreach (var options in (FilterTextOptions[])[FilterTextOptions.Strict, FilterTextOptions.Tolerant])
        {
            Assert.True(FilterText.TryParse($"(&(mail={FilterText.Escape(text)})(cn=b))", options, out var filter, out var fault), fault);
            var and = Assert.IsType<LdapFilter.And>(filter);
            Assert.Equal(2, and.Operands.Length);
            Assert.Equal(text, Encoding.UTF8.GetString(Assert.IsType<LdapFilter.Equality>(and.Operands[0]).Value.Span));
        }
    }));

    [Fact]
    public void Any_text_is_a_filter_or_a_fault() => Check.One(Generate.Config.WithMaxTest(20_000), Prop.ForAll(Soup().ToArbitrary(), text =>
    {
        foreach (var options in (FilterTextOptions[])[FilterTextOptions.Strict, FilterTextOptions.Tolerant])
        {
            if (!FilterText.TryParse(text, options, out var filter, out _))
                continue;
            Assert.True(FilterText.TryParse(FilterText.Format(filter), out var again, out var fault), fault);
            Assert.Equal(FilterDump.Of(filter), FilterDump.Of(again));
        }
    }));

    /// <summary>Pieces of filters in any order.</summary>
    private static Gen<string> Soup() =>
        from length in Gen.Choose(0, 12)
        from pieces in Gen.ArrayOf(Gen.Elements("(", ")", "(", ")", "&", "|", "!", "=", "a", "cn", "*", ":", ":dn", ":=", ">=", "~", "\\", "\\2a", "\\*", " ", "\0", "ü", "\uD800"), length)
        select string.Concat(pieces);
}
