using System.Text.RegularExpressions;
using LookupProxy.Core.Recipients;
using LookupProxy.Endpoints.Ldap.Entries;
using LookupProxy.Endpoints.Ldap.Entries.Schema;

namespace LookupProxy.Endpoints.Tests.Ldap.Entries;

public sealed partial class SchemaTextTests
{
    private static readonly EntryOptions Options = new() { Attributes = [new("companyFlag", "TRUE"), new("surname", "Smith"), new("mailHost", null, "extensionAttribute2")] };

    private static readonly SchemaText Schema = new(new EntryLayout(Recipients.Suffix, Options), ["mail", "facsimileTelephoneNumber", "extensionAttribute1", "EXTENSIONattribute1", "mailhost"]);

    [Fact]
    public void Every_definition_has_a_number_and_a_name_of_its_own()
    {
        var definitions = Schema.AttributeTypes.Concat(Schema.ObjectClasses).ToArray();
        Assert.All(definitions, static text => Assert.Matches(Head(), text));
        Assert.Equal(definitions.Length, definitions.Select(static text => Head().Match(text).Groups["oid"].Value).Distinct(StringComparer.Ordinal).Count());
        var names = definitions.SelectMany(NamesOf).ToArray();
        Assert.Equal(names.Length, names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Fact]
    public void All_the_names_of_an_attribute_are_told_but_those_that_are_an_attributes_own()
    {
        Assert.Contains(Schema.AttributeTypes, static text => NamesOf(text).SequenceEqual(["mail", "rfc822Mailbox"]));
        Assert.Contains(Schema.AttributeTypes, static text => NamesOf(text).SequenceEqual(["facsimileTelephoneNumber", "fax"]));
        Assert.Contains(Schema.AttributeTypes, static text => NamesOf(text).SequenceEqual(["sn"]));
        Assert.Contains(Schema.AttributeTypes, static text => NamesOf(text).SequenceEqual(["surname"]));
    }

    [Theory]
    [InlineData("Mailbox")]
    [InlineData("Group")]
    [InlineData("Contact")]
    [InlineData("PublicFolder")]
    [InlineData("Alias")]
    public void What_entries_hold_is_in_the_schema(string kind)
    {
        var entry = Recipients.Entry("anna@corp.example", new Recipient { Directory = "d", Kind = Enum.Parse<RecipientKind>(kind) });
        Assert.All(AttributeSelection.Apply(entry, ["*", "+"], typesOnly: true), static attribute => Assert.Contains(Schema.AttributeTypes, text => Names(text, attribute.Description)));
        var classes = ObjectClasses.Of(entry);
        for (var i = 0; i < classes.Count; i++)
            Assert.Contains(Schema.ObjectClasses, text => Names(text, classes[i]));
    }

    /// <summary>Python's ldap3 asks for nothing that is not there.</summary>
    [Theory]
    [InlineData("companyFlag")]
    [InlineData("extensionAttribute1")]
    public void What_only_this_installation_has_is_in_the_schema(string name)
    {
        Assert.Contains(Schema.AttributeTypes, text => Names(text, name));
        Assert.All(Schema.ObjectClasses.Skip(1), text => Assert.Contains($" $ {name} ", text));
    }

    private static bool Names(string definition, string name) => NamesOf(definition).Contains(name, StringComparer.Ordinal);

    private static IEnumerable<string> NamesOf(string definition) => Head().Match(definition).Groups["name"].Captures.Select(static name => name.Value);

    [GeneratedRegex(@"^\( (?<oid>[0-9]+(\.[0-9]+)+) NAME (\( )?'(?<name>[A-Za-z0-9-]+)'( '(?<name>[A-Za-z0-9-]+)')*( \))? .* \)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Head();
}
