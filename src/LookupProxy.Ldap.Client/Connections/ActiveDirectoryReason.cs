using System.Buffers;

namespace LookupProxy.Ldap.Client.Connections;

/// <summary>
/// Why an Active Directory refuses a bind: it says so with a Win32 error code in hexadecimal behind "data", since the result is 49 for all of them.
/// </summary>
internal static class ActiveDirectoryReason
{
    private const string Mark = "AcceptSecurityContext error, data ";

    private const string NoSuchUser = "no such user", WrongPassword = "wrong password";

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdefABCDEF");

    /// <returns>In words; null when the text has no such code, or none that is known.</returns>
    public static string? In(string diagnostic)
    {
        var at = diagnostic.IndexOf(Mark, StringComparison.Ordinal);
        if (at < 0)
            return null;
        var code = diagnostic.AsSpan(at + Mark.Length);
        var end = code.IndexOfAnyExcept(Digits);
        return (end < 0 ? code : code[..end]) switch
        {
            "525" => NoSuchUser,
            "52e" or "52E" => WrongPassword,
            "530" => "not allowed to log on at this time",
            "531" => "not allowed to log on from here",
            "532" => "the password has expired",
            "533" => "the account is disabled",
            "701" => "the account has expired",
            "773" => "the password must be changed first",
            "775" => "the account is locked",
            _ => null,
        };
    }

    /// <summary>Whether the account is in no state to bind, whatever the password: such an attempt is not counted against it.</summary>
    public static bool LiesInTheAccount(string diagnostic) => In(diagnostic) is not (null or NoSuchUser or WrongPassword);
}
