namespace LookupProxy.Directories.File.Reading.Ldif;

/// <summary>A value that may be typed: "SMTP:" marks the primary address, "smtp:" and "smtp$" others, anything else with a colon is of another system.</summary>
internal static class MailValue
{
    private const string Prefix = "smtp";

    public static bool TryRead(string value, bool needsPrefix, out string address, out bool primary)
    {
        address = value;
        primary = false;
        if (value.Length > Prefix.Length && value.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) && value[Prefix.Length] is ':' or '$')
        {
            primary = value.StartsWith("SMTP:", StringComparison.Ordinal);
            address = value[(Prefix.Length + 1)..];
            return true;
        }

        // No unquoted local part holds a colon (RFC 5321 4.1.2).
        return !needsPrefix && (value.StartsWith('"') || !value.Contains(':'));
    }
}
