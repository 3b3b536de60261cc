using Xunit.Sdk;

namespace LookupProxy.SystemTests.Processes;

/// <summary>The programs that tests/install brings. A test of a missing one is skipped, and tests/run counts that as a failure where CI is set.</summary>
internal static class Tool
{
    private static readonly string[] Folders = ["/usr/sbin", "/usr/bin", "/sbin", "/bin", "/usr/local/bin", "/usr/lib/postfix/sbin"];

    public static string Slapd => Require("slapd");

    public static string Slapadd => Require("slapadd");

    public static string LdapAdd => Require("ldapadd");

    public static string LdapModify => Require("ldapmodify");

    public static string Postfix => RequireAsRoot("postfix");

    public static string PostfixMaster => RequireAsRoot("master");

    public static string Samba => RequireAsRoot("samba");

    public static string SambaTool => RequireAsRoot("samba-tool");

    public static string Promtool => Require("promtool");

    public static string Require(string name)
    {
        foreach (var folder in Folders)
        {
            var path = Path.Combine(folder, name);
            if (File.Exists(path))
                return path;
        }

        throw SkipException.ForSkip($"{name} is not installed; tests/install brings it");
    }

    public static string RequireAsRoot(string name)
    {
        if (!Environment.IsPrivilegedProcess)
            throw SkipException.ForSkip($"{name} needs root; tests/run uses sudo");
        return Require(name);
    }
}
