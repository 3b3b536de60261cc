using System.Globalization;

namespace LookupProxy.Endpoints.Ldap.Entries.Matching;

/// <summary>The INTEGER syntax (RFC 4517 3.3.16), as far as Active Directory's large integers go.</summary>
internal static class IntegerText
{
    public static bool TryRead(ReadOnlySpan<byte> text, out long value) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);

    public static bool TryRead(string text, out long value) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
}
