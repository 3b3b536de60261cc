using LookupProxy.Ldap.Names;

namespace LookupProxy.Endpoints.Ldap.Entries.Matching;

/// <summary>equalityMatch by the attribute's own rule (RFC 4511 4.5.1.7.1).</summary>
internal static class EqualityMatch
{
    public static Truth Evaluate(string attribute, ReadOnlySpan<byte> assertion, RecipientEntry entry)
    {
        if (!entry.TryRead(attribute, out var syntax, out var values))
            return Truth.Undefined;
        var truth = syntax switch
        {
            ValueSyntax.Integer => OfInteger(values, assertion),
            ValueSyntax.Name => OfName(values, assertion),
            ValueSyntax.Category => CategoryMatch.Evaluate(values, assertion),
            _ => OfText(values, assertion),
        };
        return truth == Truth.False && entry.IsDoubtful && MismatchDoubt.IsOpen(attribute, values, assertion, entry) ? Truth.Undefined : truth;
    }

    public static Truth OfText(EntryValues values, ReadOnlySpan<byte> assertion)
    {
        for (var i = 0; i < values.Count; i++)
        {
            var truth = StringMatch.Equal(values[i], assertion);
            if (truth != Truth.False)
                return truth;
        }

        return Truth.False;
    }

    private static Truth OfInteger(EntryValues values, ReadOnlySpan<byte> assertion)
    {
        if (!IntegerText.TryRead(assertion, out var wanted))
            return Truth.Undefined;
        for (var i = 0; i < values.Count; i++)
        {
            if (IntegerText.TryRead(values[i], out var value) && value == wanted)
                return Truth.True;
        }

        return Truth.False;
    }

    private static Truth OfName(EntryValues values, ReadOnlySpan<byte> assertion)
    {
        if (!StringMatch.TryPrepare(assertion, out var text) || !DistinguishedName.TryParse(text, out var wanted))
            return Truth.Undefined;
        for (var i = 0; i < values.Count; i++)
        {
            if (DistinguishedName.TryParse(values[i], out var name) && name.Equals(wanted))
                return Truth.True;
        }

        return Truth.False;
    }
}
