using System.Collections.Immutable;
using System.Text;

namespace LookupProxy.Ldap.Names;

/// <summary>One component of a name (RDN): usually one attribute, several where they are joined by <c>+</c>.</summary>
public sealed record RelativeName(ImmutableArray<NameAttribute> Attributes)
{
    /// <summary>Attributes in one order, types and values in one spelling.</summary>
    internal string Normalise()
    {
        if (Attributes.Length == 1)
            return Normalise(Attributes[0]);
        var parts = Attributes.Select(Normalise).ToArray();
        Array.Sort(parts, StringComparer.Ordinal);
        return string.Join('+', parts);
    }

    private static string Normalise(NameAttribute attribute)
    {
        var text = new StringBuilder(NameTypes.Normalise(attribute.Type)).Append('=');
        var start = text.Length;
        var space = false;
        foreach (var character in attribute.Value)
        {
            if (character == ' ')
            {
                space = text.Length > start;
                continue;
            }

            if (space)
                text.Append(' ');
            space = false;
            AppendEscaped(text, char.ToLowerInvariant(character), first: text.Length == start);
        }

        return text.ToString();
    }

    private static void AppendEscaped(StringBuilder text, char character, bool first)
    {
        if (character < ' ')
            text.Append('\\').Append(((int)character).ToString("x2"));
        else if (character is ',' or '+' or '"' or '\\' or '<' or '>' or ';' || (first && character == '#'))
            text.Append('\\').Append(character);
        else
            text.Append(character);
    }
}
