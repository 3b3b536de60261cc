namespace LookupProxy.Endpoints.Http.Admin;

/// <summary>What can be an administrator's token: it travels at the end of a header, which loses the spaces around it.</summary>
public static class AdminTokenText
{
    /// <returns>Why the text is no token; null when it is one. Never repeats it.</returns>
    public static string? Complaint(string text)
    {
        if (text.Length == 0)
            return "is empty";
        var canBeSent = text.All(static character => character is >= ' ' and < '\x7f') && text[0] != ' ' && text[^1] != ' ';
        return canBeSent ? null : "is no token: one line of ASCII characters, without spaces around it";
    }
}
