using FsCheck;
using FsCheck.Fluent;
using LookupProxy.Ldap.Names;
using LookupProxy.Ldap.Tests.Support;

namespace LookupProxy.Ldap.Tests.Names;

public class NamePropertyTests
{
    [Fact]
    public void Any_text_is_a_name_with_a_stable_normal_form_or_none() => Check.One(Generate.Config.WithMaxTest(20_000), Prop.ForAll(
        Soup("cn", "=", "=", ",", "+", ";", " ", "a", "B", "\\", "\\,", "\\2c", "\\ ", "\"", "#", "#04", "0161", "<", "ü", "\0", "\uD800", "2.5.4.3", "\\0A").ToArbitrary(), text =>
        {
            if (!DistinguishedName.TryParse(text, out var name))
                return;
            Assert.True(DistinguishedName.TryParse(name.ToString(), out var again), name.ToString());
            Assert.Equal(name.ToString(), again.ToString());
            Assert.Equal(name, again);
            Assert.True(name.IsUnder(again));
            Assert.True(name.IsUnder(DistinguishedName.Root));
        }));

    [Fact]
    public void Any_text_is_a_url_or_none() => Check.One(Generate.Config.WithMaxTest(20_000), Prop.ForAll(
        Soup("ldap", "ldap://", "ldaps://", "://", "/", "?", ":", "[", "]", "::1", "389", "h", "%", "%2c", "%zz", "dc=x", ",", "base", "(a=b)", "!", "\uD800").ToArbitrary(), text =>
        {
            if (LdapUrl.TryParse(text, out var url))
                Assert.InRange(url.Port, 1, 65_535);
        }));

    /// <summary>A value's own text, whatever it is, comes back from its escaped form.</summary>
    [Fact]
    public void Any_value_comes_back_from_its_escaped_form() => Check.One(Generate.Config, Prop.ForAll(Generate.Text.ToArbitrary(), text =>
    {
        var escaped = string.Concat(text.EnumerateRunes().Select(rune => rune.IsAscii ? $"\\{rune.Value:x2}" : rune.ToString()));
        Assert.True(DistinguishedName.TryParse($"cn={escaped},dc=example", out var name));
        Assert.Equal(2, name.Rdns.Length);
        Assert.Equal(text, Assert.Single(name.Rdns[0].Attributes).Value);
    }));

    private static Gen<string> Soup(params string[] pieces) =>
        from length in Gen.Choose(0, 12) from some in Gen.ArrayOf(Gen.Elements(pieces), length) select string.Concat(some);
}
