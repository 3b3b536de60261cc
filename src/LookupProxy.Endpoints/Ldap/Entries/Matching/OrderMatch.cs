namespace LookupProxy.Endpoints.Ldap.Entries.Matching;

/// <summary>greaterOrEqual and lessOrEqual (RFC 4511 4.5.1.7.3): integers by number, strings by their characters, nothing else has an order.</summary>
internal static class OrderMatch
{
    /// <param name="wanted">1 for values not below the assertion, -1 for values not above it.</param>
    public static Truth Evaluate(string attribute, ReadOnlySpan<byte> assertion, int wanted, RecipientEntry entry)
    {
        if (!entry.TryRead(attribute, out var syntax, out var values))
            return Truth.Undefined;
        return syntax switch
        {
            ValueSyntax.Integer => OfInteger(values, assertion, wanted),
            ValueSyntax.Text => OfText(values, assertion, wanted),
            _ => Truth.Undefined,
        };
    }

    private static Truth OfInteger(EntryValues values, ReadOnlySpan<byte> assertion, int wanted)
    {
        if (!IntegerText.TryRead(assertion, out var bound))
            return Truth.Undefined;
        for (var i = 0; i < values.Count; i++)
        {
            if (IntegerText.TryRead(values[i], out var value) && value.CompareTo(bound) * wanted >= 0)
                return Truth.True;
        }

        return Truth.False;
    }

    private static Truth OfText(EntryValues values, ReadOnlySpan<byte> assertion, int wanted)
    {
        if (assertion.IsEmpty || !StringMatch.TryPrepare(assertion, out var bound))
            return Truth.Undefined;
        for (var i = 0; i < values.Count; i++)
        {
            if (Math.Sign(string.Compare(StringMatch.Prepare(values[i]), bound, StringComparison.OrdinalIgnoreCase)) * wanted >= 0)
                return Truth.True;
        }

        return Truth.False;
    }
}
