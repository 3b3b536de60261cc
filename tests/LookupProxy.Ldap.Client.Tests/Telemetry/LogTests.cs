using LookupProxy.Ldap.Client.Telemetry;
using LookupProxy.Ldap.Messages;
using LookupProxy.TestKit.Ldap;
using LookupProxy.TestKit.Time;
using Microsoft.Extensions.Logging;

namespace LookupProxy.Ldap.Client.Tests.Telemetry;

public class LogTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly RecordingLogger _log = new();

    [Fact]
    public async Task An_outage_is_reported_once_a_minute_and_its_end_once()
    {
        await using var server = Clients.Server().OnBind(LdapScripts.BindResult(ResultCode.Unavailable)).Start();
        await using var client = WithPassword(server).Client(_time, _log);

        for (var second = 0; second < 90; second++)
        {
            (await client.AskAsync()).MustBeFault(LdapFaultKind.BindRefused);
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Collection(
            _log.Warnings,
            first => Assert.EndsWith("unavailable (52) (and 0 more like this since the last report)", first, StringComparison.Ordinal),
            second => Assert.EndsWith("unavailable (52) (and 59 more like this since the last report)", second, StringComparison.Ordinal));
        server.OnBind(null);
        (await client.AskAsync()).MustBeAnna();
        Assert.Contains(_log.Lines, line => line.Level == LogLevel.Information && line.Text.Contains("again after 90 failed attempts", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_lost_connection_is_a_warning_that_says_why()
    {
        await using var server = Clients.Server().OnSearch(LdapScripts.Garbage).Start();
        await using var client = WithPassword(server).Client(_time, _log);

        var fault = (await client.AskAsync()).MustBeFault(LdapFaultKind.ProtocolError);

        Assert.Contains(fault.Detail, Assert.Single(_log.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_search_leaves_nothing_in_the_log_above_debug_and_no_log_holds_the_password()
    {
        await using var server = Clients.Server().WithAccount("cn=svc", "correct horse").Start();
        var client = WithPassword(server).Client(_time, _log);
        (await client.AskAsync()).MustBeAnna();
        var lines = _log.Lines.Count(line => line.Level > LogLevel.Debug);

        for (var i = 0; i < 10; i++)
            (await client.AskAsync()).MustBeAnna();
        Assert.Equal(lines, _log.Lines.Count(line => line.Level > LogLevel.Debug));
        await client.DisposeAsync();

        Assert.All(_log.Lines, line => Assert.DoesNotContain("correct horse", line.Text, StringComparison.Ordinal));
        Assert.Contains(_log.Lines, line => line.Text.Contains("as cn=svc", StringComparison.Ordinal));
    }

    [Fact]
    public void Each_kind_of_fault_is_reported_on_its_own()
    {
        var reports = new FaultReports(_time);

        Assert.True(reports.ShouldReport(LdapFaultKind.Unreachable, out _));
        Assert.True(reports.ShouldReport(LdapFaultKind.TlsFailed, out _));
        Assert.False(reports.ShouldReport(LdapFaultKind.Unreachable, out _));
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.True(reports.ShouldReport(LdapFaultKind.Unreachable, out var suppressed));
        Assert.Equal(1, suppressed);
        Assert.True(reports.ShouldReport(LdapFaultKind.TlsFailed, out suppressed));
        Assert.Equal(0, suppressed);
    }

    private static LdapServerOptions WithPassword(ScriptedLdapServer server) =>
        server.Options() with { Bind = new LdapBindOptions { Method = LdapBindMethod.Simple, Name = "cn=svc", ReadPassword = () => "correct horse" } };
}
