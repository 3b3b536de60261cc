using System.Globalization;
using System.Net;
using LookupProxy.Ldap.Messages;
using LookupProxy.SystemTests.Certificates;
using LookupProxy.SystemTests.SharedDomain;
using LookupProxy.SystemTests.Slapd;
using LookupProxy.TestKit.Ldap;

namespace LookupProxy.SystemTests.Injection;

/// <summary>All that is done to the lab.</summary>
internal static class InjectedFaults
{
    /// <summary>Above any question's time.</summary>
    private static readonly TimeSpan TooSlow = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(1);

    public static IReadOnlyList<InjectedFault> All { get; } = [.. OfSlapd(), .. OfSamba(), .. OfScripted(), .. OfLosses(), .. OfResultCodes(), .. OfNodesAndStore()];

    /// <summary>One of each kind, for a run of half a minute.</summary>
    public static IReadOnlyList<InjectedFault> Few { get; } =
    [
        .. All.Where(static fault => fault.Name is "slapd hangs" or "slapd is restored empty" or "Samba is killed" or "finds nobody any more" or "gets back those whom it lost one after the other" or "ends every search in 51" or "a node is killed" or "Redis hangs"),
    ];

    private static IEnumerable<InjectedFault> OfSlapd()
    {
        yield return Contoso("slapd hangs", static lab => Task.Run(lab.Contoso.Suspend), static lab => Task.Run(lab.Contoso.Resume));
        yield return Contoso("slapd is killed", static lab => lab.Contoso.KillAsync(), static lab => lab.Contoso.RestartAsync());
        yield return Contoso("slapd is behind a black hole", static lab => lab.ReplaceContosoAsync(Impostor.BlackHole), static lab => lab.PutContosoBackAsync());
        yield return Contoso("slapd is replaced by a program that says nothing", static lab => lab.ReplaceContosoAsync(Impostor.Silent), static lab => lab.PutContosoBackAsync());
        yield return Contoso("slapd is replaced by a program that hangs up", static lab => lab.ReplaceContosoAsync(Impostor.HangingUp), static lab => lab.PutContosoBackAsync());
        yield return Contoso(
            "slapd has its password changed",
            static lab => lab.ChangeContosoPasswordAsync(),
            static lab => lab.WriteContosoPasswordAsync());
        yield return Restarted("slapd has an expired certificate", static whole => whole with { Certificate = TestAuthority.Trusted.IssueExpired(IPAddress.Loopback) });
        yield return Restarted("slapd is restored empty", static whole => whole with { Ldif = People.LdifWithUnit(whole.Suffix) });
        yield return Restarted("slapd gives no access, and hides that", static whole => whole with
        {
            Access = "access to dn.regex=\"^cn=svc-lookup,\" by anonymous auth by * none\naccess to * by * none",
        });
    }

    private static IEnumerable<InjectedFault> OfSamba()
    {
        yield return new InjectedFault("Samba hangs", Holder.Fabrikam, Silences: true, static lab => Task.Run(lab.Fabrikam.Suspend), static lab => Task.Run(lab.Fabrikam.Resume));
        yield return new InjectedFault("Samba is killed", Holder.Fabrikam, Silences: true, static lab => lab.Fabrikam.KillAsync(), static lab => lab.Fabrikam.StartAsync());
    }

    private static IEnumerable<InjectedFault> OfScripted()
    {
        yield return Tailspin("answers after 1 s", silences: false, LdapScripts.Delayed(Slow, LdapScripts.Answer));
        yield return Tailspin("answers after 3 s", silences: true, LdapScripts.Delayed(TooSlow, LdapScripts.Answer));
        yield return Tailspin("never answers", silences: true, LdapScripts.Hang);
        yield return Tailspin("resets connections", silences: true, LdapScripts.Reset);
        yield return Tailspin("closes in mid-answer", silences: true, LdapScripts.CloseInMidAnswer);
        yield return Tailspin("answers half and stops", silences: true, LdapScripts.HalfAnswer);
        yield return Tailspin("announces 2 GB", silences: true, LdapScripts.HugeAnswer);
        yield return Tailspin("speaks HTTP", silences: true, LdapScripts.Garbage);
        yield return Tailspin("answers under the wrong message id", silences: true, LdapScripts.WrongMessageId(1000));
        yield return Tailspin("ends searches with an extended response", silences: true, LdapScripts.ExtendedEnd);
        yield return Tailspin("refers elsewhere", silences: true, LdapScripts.References(LdapScripts.Result(ResultCode.Success), "ldap://other.example/dc=other"));
        yield return Tailspin("finds nobody any more", silences: true, LdapScripts.Result(ResultCode.Success));
        yield return Tailspin("is busy every second time", silences: false, EverySecond(LdapScripts.Result(ResultCode.Busy)));
    }

    /// <summary>A search for anybody finds somebody: only the canary tells.</summary>
    private static IEnumerable<InjectedFault> OfLosses()
    {
        yield return new InjectedFault("has only somebody else any more", Holder.Tailspin, Silences: false, static lab => Task.Run(lab.LoseTailspin), static lab => lab.FillTailspinAsync(TimeSpan.Zero));
        yield return new InjectedFault("gets back those whom it lost one after the other", Holder.Tailspin, Silences: false, static lab => Task.Run(lab.LoseTailspin), static lab => lab.FillTailspinAsync(TimeSpan.FromSeconds(3)));
        yield return new InjectedFault("slapd hides its people while connections stay open", Holder.Contoso, Silences: false, static lab => lab.HideContosoAsync(), static lab => lab.ShowContosoAsync());
    }

    private static IEnumerable<InjectedFault> OfResultCodes() =>
        from code in Enum.GetValues<ResultCode>()
        where code != ResultCode.Success
        select Tailspin(string.Create(CultureInfo.InvariantCulture, $"ends every search in {(int)code}"), silences: true, LdapScripts.Result(code)) with { Kind = "ends every search in one of # result codes" };

    private static IEnumerable<InjectedFault> OfNodesAndStore()
    {
        yield return new InjectedFault("a node is killed", null, Silences: false, static lab => lab.Nodes[0].KillAsync(), static lab => lab.Nodes[0].StartAsync());
        yield return new InjectedFault("Redis hangs", null, Silences: false, static lab => Task.Run(lab.Redis.Suspend), static lab => Task.Run(lab.Redis.Resume));
        yield return new InjectedFault("Redis is killed", null, Silences: false, static lab => lab.Redis.KillAsync(), static lab => lab.Redis.StartAsync());
    }

    private static InjectedFault Contoso(string name, Func<InjectionLab, Task> breakAsync, Func<InjectionLab, Task> repairAsync) =>
        new(name, Holder.Contoso, Silences: true, breakAsync, repairAsync);

    private static InjectedFault Restarted(string name, Func<SlapdOptions, SlapdOptions> amiss) =>
        Contoso(name, lab => lab.RestartContosoAsync(amiss), static lab => lab.RestartContosoAsync(static whole => whole));

    private static InjectedFault Tailspin(string name, bool silences, LdapScript script) =>
        new(
            name,
            Holder.Tailspin,
            silences,
            lab =>
            {
                lab.Tailspin.OnSearch(script);
                return Task.CompletedTask;
            },
            static lab =>
            {
                lab.Tailspin.OnSearch(LdapScripts.Answer);
                return Task.CompletedTask;
            });

    private static LdapScript EverySecond(LdapScript bad)
    {
        var count = 0;
        return exchange => (Interlocked.Increment(ref count) % 2 == 0 ? bad : LdapScripts.Answer)(exchange);
    }
}
