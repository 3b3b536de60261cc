using LookupProxy.Core.Recipients;
using LookupProxy.Directories.Ldap;
using LookupProxy.Ldap.Client;
using LookupProxy.Ldap.Filters;
using LookupProxy.Ldap.Messages;
using LookupProxy.TestKit.Ldap;
using LookupProxy.TestKit.Time;
using Microsoft.Extensions.Logging;

namespace LookupProxy.Directories.Tests.Ldap;

/// <summary>Entries that do not show the address by which they were found.</summary>
public class UnprovedEntryTests
{
    private const string Dn = "uid=other," + Directory.Base;

    private static readonly SearchResultEntry Other = ScriptedEntry.Create(Dn, ("mail", "other@shared.example"));

    [Fact]
    public async Task A_server_that_does_not_heed_the_filter_is_not_believed()
    {
        var searcher = new FakeSearcher(_ => Outcome.Of(ResultCode.Success, Other));
        var unknown = Assert.IsType<Answer.Unknown>(await Directory.Server(Directory.Schema("openldap"), searcher).AskAsync("anna@shared.example"));
        Assert.Equal(UnknownReason.ProtocolError, unknown.Reason);
        Assert.Contains(Dn, unknown.Detail, StringComparison.Ordinal);

        var control = searcher.Requests.Last();
        Assert.Equal(Dn, control.BaseObject);
        Assert.Equal(SearchScope.BaseObject, control.Scope);
        Assert.Equal(
            "(|(mail=no-such-recipient.lookupproxy@nowhere.invalid)(mailLocalAddress=no-such-recipient.lookupproxy@nowhere.invalid)(mailAlternateAddress=no-such-recipient.lookupproxy@nowhere.invalid))",
            FilterText.Format(control.Filter));
    }

    [Fact]
    public async Task A_server_that_heeds_it_is_believed_when_the_attribute_cannot_be_read()
    {
        var searcher = new FakeSearcher(request => Outcome.Of(ResultCode.Success, request.Scope is SearchScope.BaseObject ? [] : [Other]));
        Assert.IsType<Answer.Exists>(await Directory.Server(Directory.Schema("openldap"), searcher).AskAsync("anna@shared.example"));
        Assert.Equal(2, searcher.Requests.Count);
    }

    [Theory]
    [InlineData(ResultCode.NoSuchObject)]
    [InlineData(ResultCode.InsufficientAccessRights)]
    public async Task A_server_that_does_not_give_it_for_nobody_is_believed(ResultCode control) =>
        Assert.IsType<Answer.Exists>(await AskAsync(Outcome.Of(ResultCode.Success, Other), Outcome.Of(control)));

    [Fact]
    public async Task Nobody_exists_by_the_word_of_a_server_that_has_failed_since()
    {
        foreach (var (control, reason) in ((LdapSearchOutcome, UnknownReason)[])
        [
            (Outcome.Of(ResultCode.Busy), UnknownReason.Busy),
            (Outcome.Of(LdapFaultKind.ConnectionLost), UnknownReason.ConnectionLost),
            (new LdapSearchOutcome(), UnknownReason.ProtocolError),
        ])
        {
            var unknown = Assert.IsType<Answer.Unknown>(await AskAsync(Outcome.Of(ResultCode.Success, Other), control));
            Assert.Equal(reason, unknown.Reason);
            Assert.Contains(Dn, unknown.Detail, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Nobody_exists_by_an_entry_of_a_search_that_was_cut_short()
    {
        Assert.Equal(UnknownReason.ConnectionLost, Assert.IsType<Answer.Unknown>(await AskAsync(Outcome.Of(LdapFaultKind.ConnectionLost, Other), Outcome.Of(ResultCode.Success))).Reason);
        Assert.Equal(UnknownReason.Busy, Assert.IsType<Answer.Unknown>(await AskAsync(Outcome.Of(ResultCode.Busy, Other), Outcome.Of(ResultCode.Success))).Reason);
        Assert.IsType<Answer.Exists>(await AskAsync(Outcome.Of(ResultCode.SizeLimitExceeded, Other), Outcome.Of(ResultCode.Success)));
    }

    [Theory]
    [InlineData("u00*@shared.example")]
    [InlineData("u%@shared.example")]
    public async Task A_server_that_takes_wildcards_is_not_believed(string address)
    {
        var searcher = new FakeSearcher(request => Outcome.Of(ResultCode.Success, request.Scope is SearchScope.BaseObject ? [] : [Other]));
        Assert.Equal(UnknownReason.ProtocolError, Assert.IsType<Answer.Unknown>(await Directory.Server(Directory.Schema("openldap"), searcher).AskAsync(address)).Reason);
    }

    [Fact]
    public async Task A_wildcard_in_an_address_that_the_entry_holds_is_just_a_character()
    {
        var searcher = new FakeSearcher(Directory.Entries(Dn, ("mail", "u00*@shared.example")));
        Assert.IsType<Answer.Exists>(await Directory.Server(Directory.Schema("openldap"), searcher).AskAsync("u00*@shared.example"));
    }

    [Theory]
    [InlineData("openldap", "mail", "ANNA@Shared.Example")]
    [InlineData("openldap", "mail", "anna@bücher.example")]
    [InlineData("active-directory", "proxyAddresses", "SMTP:Anna@Shared.Example")]
    [InlineData("active-directory", "proxyAddresses;range=0-1499", "smtp:anna@shared.example")]
    public async Task An_entry_that_shows_the_address_needs_no_second_search(string schema, string attribute, string value)
    {
        var searcher = new FakeSearcher(_ => Outcome.Of(ResultCode.Success, ScriptedEntry.Create(Dn, (attribute, value))));
        var address = value.Contains("bücher", StringComparison.Ordinal) ? "anna@xn--bcher-kva.example" : "anna@shared.example";
        Assert.IsType<Answer.Exists>(await Directory.Server(Directory.Schema(schema), searcher).AskAsync(address));
        Assert.Single(searcher.Requests);
    }

    [Fact]
    public async Task An_entry_found_by_its_catch_all_shows_it()
    {
        var searcher = new FakeSearcher(Directory.Entries(Dn, ("mailAlternateAddress", "catchall@shared.example")));
        Assert.IsType<Answer.Exists>(await Directory.Server(Directory.Schema("qmail"), searcher).AskAsync("anybody@shared.example"));
        Assert.Single(searcher.Requests);
    }

    [Fact]
    public async Task A_filter_without_equalities_is_checked_by_the_control_alone()
    {
        var schema = Directory.Schema("openldap") with { Filter = "(mail={local}@*)" };
        var searcher = new FakeSearcher(Directory.Entries("uid=anna," + Directory.Base, ("mail", "anna@old.example")));
        Assert.IsType<Answer.Exists>(await Directory.Server(schema, searcher).AskAsync("anna@shared.example"));
    }

    [Fact]
    public async Task A_server_that_does_not_heed_the_filter_is_told_of_once_in_a_while()
    {
        var (time, log) = (new ManualTimeProvider(), new Warnings());
        var server = LdapDirectory.Create(Directory.Options(Directory.Schema("openldap")), _ => new FakeSearcher(_ => Outcome.Of(ResultCode.Success, Other)), log, time).Servers[0];
        for (var i = 0; i < 20; i++)
            await server.AskAsync("anna@shared.example");
        Assert.Single(log.Lines);

        time.Advance(TimeSpan.FromMinutes(10));
        await server.AskAsync("anna@shared.example");
        Assert.Contains("19 like it", log.Lines[^1], StringComparison.Ordinal);
    }

    private static async Task<Answer> AskAsync(LdapSearchOutcome search, LdapSearchOutcome control)
    {
        var searcher = new FakeSearcher(request => request.Scope is SearchScope.BaseObject ? control : search);
        return await Directory.Server(Directory.Schema("openldap"), searcher).AskAsync("anna@shared.example");
    }

    private sealed class Warnings : ILoggerFactory, ILogger
    {
        public List<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add(formatter(state, exception));

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public void AddProvider(ILoggerProvider provider)
        {
        }

        public void Dispose()
        {
        }
    }
}
