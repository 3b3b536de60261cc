using System.Text.RegularExpressions;
using LookupProxy.Core.Recipients;
using LookupProxy.Endpoints.Ldap.Entries;
using LookupProxy.Endpoints.Ldap.Entries.Schema;

namespace LookupProxy.Endpoints.Tests.Ldap.Entries;

public sealed partial class SchemaTextTests
{
    [Fact]
    public void Every_definition_has_a_number_and_a_name_of_its_own()
    {
        var definitions = SchemaText.AttributeTypes.Concat(SchemaText.ObjectClasses).Select(static text => Head().Match(text)).ToArray();
        Assert.All(definitions, static match => Assert.True(match.Success));
        Assert.Equal(definitions.Length, definitions.Select(static match => match.Groups["oid"].Value).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(definitions.Length, definitions.Select(static match => match.Groups["name"].Value).Distinct(StringComparer.OrdinalIgnoreCase).Count());
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
        Assert.All(AttributeSelection.Apply(entry, ["*", "+"], typesOnly: true), static attribute => Assert.Contains(SchemaText.AttributeTypes, text => Names(text, attribute.Description)));
        var classes = ObjectClasses.Of(entry);
        for (var i = 0; i < classes.Count; i++)
            Assert.Contains(SchemaText.ObjectClasses, text => Names(text, classes[i]));
    }

    private static bool Names(string definition, string name) => definition.Contains($" NAME '{name}' ", StringComparison.Ordinal);

    [GeneratedRegex(@"^\( (?<oid>[0-9]+(\.[0-9]+)+) NAME '(?<name>[A-Za-z0-9-]+)' .* \)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Head();
}
