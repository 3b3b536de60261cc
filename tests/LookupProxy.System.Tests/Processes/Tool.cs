using Xunit.Sdk;

namespace LookupProxy.SystemTests.Processes;

/// <summary>The programs that tests/install brings. A test of a missing one is skipped, and tests/run counts that as a failure where CI is set.</summary>
internal static class Tool
{
    /// <summary>Mail servers that cannot be installed beside Postfix.</summary>
    private const string Others = "/usr/local/lib/lookupproxy-tests";

    private static readonly string[] Folders =
    [
        "/usr/sbin", "/usr/bin", "/sbin", "/bin", "/usr/local/bin", "/usr/lib/postfix/sbin", $"{Others}/exim/usr/sbin", $"{Others}/sendmail/usr/libexec/sendmail",
    ];

    public static string Slapd => Require("slapd");

    public static string Slapadd => Require("slapadd");

    public static string LdapAdd => Require("ldapadd");

    public static string LdapModify => Require("ldapmodify");

    public static string Postfix => RequireAsRoot("postfix");

    public static string PostfixMaster => RequireAsRoot("master");

    public static string Samba => RequireAsRoot("samba");

    public static string SambaTool => RequireAsRoot("samba-tool");

    public static string Exim => RequireAsRoot("exim4");

    public static string Sendmail => RequireAsRoot("sendmail", inside: $"{Others}/sendmail");

    /// <summary>The folder of the m4 texts that Sendmail's configuration is made of.</summary>
    public static string SendmailMacros => $"{Others}/sendmail/usr/share/sendmail/cf";

    public static string Node => Require("node");

    /// <summary>The folder of Haraka and its plugins.</summary>
    public static string HarakaModules => $"{Others}/haraka/node_modules";

    public static string Haraka => Exists($"{HarakaModules}/Haraka/bin/haraka") ?? throw Missing("haraka");

    public static string RedisServer => Require("redis-server");

    public static string Promtool => Require("promtool");

    public static string Require(string name) => Find(name, inside: "") ?? throw Missing(name);

    public static string RequireAsRoot(string name, string inside = "")
    {
        if (!Environment.IsPrivilegedProcess)
            throw SkipException.ForSkip($"{name} needs root; tests/run uses sudo");
        return Find(name, inside) ?? throw Missing(name);
    }

    private static string? Find(string name, string inside) =>
        Folders.Where(folder => folder.StartsWith(inside, StringComparison.Ordinal)).Select(folder => Exists(Path.Combine(folder, name))).FirstOrDefault(static path => path is not null);

    private static string? Exists(string path) => File.Exists(path) ? path : null;

    private static SkipException Missing(string name) => SkipException.ForSkip($"{name} is not installed; tests/install brings it");
}
