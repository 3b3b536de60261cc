namespace LookupProxy.Directories.Ldap.Entries;

/// <summary>proxyAddresses holds "TYPE:value": smtp in capitals marks the primary address. Other attributes hold the bare address.</summary>
internal static class MailAddressText
{
    private const string Primary = "SMTP:";

    public static bool IsPrimary(string value) => value.StartsWith(Primary, StringComparison.Ordinal);

    /// <returns>Null for an address of another system (X500:, sip:, x400:).</returns>
    public static string? Bare(string value)
    {
        if (value.StartsWith(Primary, StringComparison.OrdinalIgnoreCase))
            return value[Primary.Length..];
        // A colon is no part of an unquoted local part (RFC 5321 4.1.2), so what stands before one is a type.
        return value.StartsWith('"') || !value.Contains(':') ? value : null;
    }
}
