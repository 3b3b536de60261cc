using LookupProxy.Ldap.Messages;

namespace LookupProxy.Endpoints.Ldap.Enumerating;

/// <summary>How enumerations end. Only one that was told whole ends in success.</summary>
internal static class EnumerationEnd
{
    public static LdapResult Whole { get; } = new(ResultCode.Success);

    public static LdapResult Partial { get; } = new(ResultCode.Unavailable, "", "the list is not whole: not all directories could be asked; try again");

    public static LdapResult LimitOfDirectory { get; } = new(ResultCode.AdminLimitExceeded, "", "the list is not whole: a directory gives no more");

    public static LdapResult AdminLimit { get; } = new(ResultCode.AdminLimitExceeded, "", "the list is not whole: more entries than may be told at once");

    public static LdapResult Busy { get; } = new(ResultCode.Busy, "", "too many lists are being told; try again");

    public static LdapResult SizeLimit { get; } = new(ResultCode.SizeLimitExceeded);

    public static LdapResult TimeLimit { get; } = new(ResultCode.TimeLimitExceeded, "", "not answered within the time limit that was asked for");
}
