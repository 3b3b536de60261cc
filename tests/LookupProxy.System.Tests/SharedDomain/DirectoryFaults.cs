using System.Net;
using LookupProxy.SystemTests.Certificates;
using LookupProxy.SystemTests.Slapd;

namespace LookupProxy.SystemTests.SharedDomain;

/// <summary>All that a directory can do short of answering, by name. tests/README.md shows what becomes of each.</summary>
internal static class DirectoryFaults
{
    /// <summary>Which of the two comes first differs: the connection's time or the question's.</summary>
    private const string TimedOut = "no answer in time|not done within 2 s";

    private const string NewPassword = "Changed-Pw2!";

    private const string ServiceMayBind = "access to dn.regex=\"^cn=svc-lookup,\" by anonymous auth by * none\n";

    public static IReadOnlyDictionary<string, DirectoryFault> All { get; } = new Dictionary<string, DirectoryFault>(StringComparer.Ordinal)
    {
        ["hangs (SIGSTOP)"] = new(
            TimedOut,
            static lab => Task.Run(lab.Fabrikam.Suspend),
            static lab => Task.Run(lab.Fabrikam.Resume)),
        ["is killed (SIGKILL)"] = new(
            "Connection refused",
            static lab => lab.Fabrikam.KillAsync(),
            static lab => lab.Fabrikam.RestartAsync()),
        ["is shut down"] = new(
            "Connection refused",
            static lab => lab.Fabrikam.ShutDownAsync(),
            static lab => lab.Fabrikam.RestartAsync()),
        ["is behind a black hole"] = DirectoryFault.ReplacedBy(TimedOut, Impostor.BlackHole),
        ["is replaced by a program that says nothing"] = DirectoryFault.ReplacedBy(TimedOut, Impostor.Silent),
        ["is replaced by a program that hangs up"] = DirectoryFault.ReplacedBy("TLS handshake", Impostor.HangingUp),
        ["is replaced by a web server"] = DirectoryFault.ReplacedBy("TLS handshake", Impostor.Web),
        // Repaired as operators do: the new password is put into the file.
        ["refuses our password"] = new(
            "invalidCredentials",
            static lab => lab.Fabrikam.RestartAsync(static whole => whole with { ServicePassword = NewPassword }),
            static lab => File.WriteAllTextAsync(lab.Proxy.PasswordFile("fabrikam"), NewPassword)),
        ["gives us no access, and hides that"] = DirectoryFault.Restarted("noSuchObject", static whole => whole with { Access = ServiceMayBind + "access to * by * none" }),
        ["gives us no access, and says so"] = DirectoryFault.Restarted("insufficientAccessRights", static whole => whole with { Access = ServiceMayBind + "access to * by * disclose" }),
        ["has lost the search base"] = DirectoryFault.Restarted("noSuchObject", static whole => whole with { Ldif = "" }),
        ["has been restored empty"] = DirectoryFault.Restarted("finds nobody at all", static whole => whole with { Ldif = People.LdifWithUnit(whole.Suffix) }),
        ["hides its people"] = DirectoryFault.Restarted("finds nobody at all", static whole => whole with { Access = $"{ServiceMayBind}access to dn.base=\"{People.BaseDn(whole.Suffix)}\" by * read\naccess to * by * none" }),
        ["shows its people without their addresses"] = DirectoryFault.Restarted("finds nobody at all", static whole => whole with { Access = "access to attrs=mail,mailLocalAddress by * none\n" + whole.Access }),
        ["refuses searches"] = DirectoryFault.Restarted("unwillingToPerform", static whole => whole with { GlobalSettings = "restrict search" }),
        ["asks for stronger security"] = DirectoryFault.Restarted("confidentialityRequired", static whole => whole with { GlobalSettings = "security ssf=512" }),
        ["has an expired certificate"] = DirectoryFault.Restarted("certificate expired", static whole => whole with { Certificate = TestAuthority.Trusted.IssueExpired(IPAddress.Loopback) }),
        ["has another host's certificate"] = DirectoryFault.Restarted("certificate is for 192.0.2.1, not for 127.0.0.1", static whole => whole with { Certificate = TestAuthority.Trusted.Issue(IPAddress.Parse("192.0.2.1")) }),
        ["has a certificate of another authority"] = DirectoryFault.Restarted("not from an authority in", static whole => whole with { Certificate = TestAuthority.Stranger.Issue(IPAddress.Loopback) }),
        ["speaks no TLS"] = DirectoryFault.Restarted("TLS handshake", static whole => whole with { Certificate = null, PlainOnTlsPort = true }),
    };
}
