namespace LookupProxy.Endpoints.Policy;

/// <summary>A piece of a template: text, or a place for one of the known words.</summary>
internal readonly record struct PolicyReplyPart(string Text, PolicyPlaceholder Placeholder)
{
    /// <summary>Braces that hold no known word are text here; <see cref="PolicyReplyRules"/> refuses them.</summary>
    public static IEnumerable<PolicyReplyPart> Split(string template)
    {
        var start = 0;
        for (var open = template.IndexOf('{'); open >= 0; open = template.IndexOf('{', open + 1))
        {
            var close = template.IndexOf('}', open);
            if (close < 0 || Word(template.AsSpan(open, close - open + 1)) is not (var word and not PolicyPlaceholder.None))
                continue;
            if (open > start)
                yield return new(template[start..open], PolicyPlaceholder.None);
            yield return new(template[open..(close + 1)], word);
            start = close + 1;
        }

        if (start < template.Length)
            yield return new(template[start..], PolicyPlaceholder.None);
    }

    private static PolicyPlaceholder Word(ReadOnlySpan<char> braced) => braced switch
    {
        "{address}" => PolicyPlaceholder.Address,
        "{domain}" => PolicyPlaceholder.Domain,
        "{reason}" => PolicyPlaceholder.Reason,
        _ => PolicyPlaceholder.None,
    };
}
