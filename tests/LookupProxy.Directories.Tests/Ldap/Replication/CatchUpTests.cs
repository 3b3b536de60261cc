using LookupProxy.Core.Recipients;
using LookupProxy.Directories.Ldap;
using LookupProxy.Ldap.Client;
using LookupProxy.Ldap.Messages;
using LookupProxy.TestKit.Ldap;
using LookupProxy.TestKit.Time;

namespace LookupProxy.Directories.Tests.Ldap.Replication;

/// <summary>Domain controllers that were started, restored or promoted just now: every search succeeds, and finds whom they have so far.</summary>
public class CatchUpTests
{
    private const string Anna = "anna@shared.example";

    private readonly ManualTimeProvider _time = new();
    private readonly ScriptedEntries _entries = Directory.Entries("CN=Tom," + Directory.Base, ("mail", "tom@shared.example"));
    private readonly List<SearchRequest> _looks = [];
    private Func<LdapSearchOutcome> _rootDse = static () => Outcome.Of(ResultCode.Success);
    private Task _held = Task.CompletedTask;
    private long _connectedAt;

    public CatchUpTests() => _entries.Add(ScriptedEntry.Create(Directory.Base));

    [Fact]
    public async Task A_controller_that_is_behind_makes_no_one_absent_and_finds_whom_it_has()
    {
        Says(("isSynchronized", "FALSE"));
        var server = Server();

        var unknown = Assert.IsType<Answer.Unknown>(await server.AskAsync(Anna));

        Assert.Equal(UnknownReason.Distrusted, unknown.Reason);
        Assert.Contains("isSynchronized is FALSE", unknown.Detail, StringComparison.Ordinal);
        Assert.IsType<Answer.Exists>(await server.AskAsync("tom@shared.example"));
        Assert.Null(await server.ProbeAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Who_comes_before_it_has_caught_up_is_found()
    {
        // Between the question and the look.
        _rootDse = () =>
        {
            _entries.Add(ScriptedEntry.Create("CN=Anna," + Directory.Base, ("mail", Anna)));
            return Says(("isSynchronized", "TRUE"));
        };

        Assert.IsType<Answer.Exists>(await Server().AskAsync(Anna));
    }

    [Fact]
    public async Task Once_it_has_caught_up_its_word_counts()
    {
        Says(("isSynchronized", "FALSE"));
        var server = Server();
        Assert.IsType<Answer.Unknown>(await server.AskAsync(Anna));
        Says(("isSynchronized", "TRUE"));

        Assert.IsType<Answer.Unknown>(await server.AskAsync(Anna));
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.IsType<Answer.Absent>(await server.AskAsync(Anna));
        Assert.Equal(2, _looks.Count);
    }

    [Fact]
    public async Task It_is_asked_once_for_each_connection()
    {
        Says(("isSynchronized", "TRUE"));
        var server = Server();
        await server.AskAsync(Anna);
        _time.Advance(TimeSpan.FromMinutes(1));
        await server.AskAsync(Anna);
        Assert.Single(_looks);

        // Started anew.
        _connectedAt = _time.GetTimestamp();
        Says(("isSynchronized", "FALSE"));

        Assert.IsType<Answer.Unknown>(await server.AskAsync(Anna));
        Assert.Equal(2, _looks.Count);
    }

    [Fact]
    public async Task Behind_one_name_one_controller_has_no_word_for_another()
    {
        const long First = 1, Second = 2;
        _connectedAt = First;
        Says(("isSynchronized", "TRUE"));
        var server = Server();
        Assert.IsType<Answer.Absent>(await server.AskAsync(Anna));

        _connectedAt = Second;
        Says(("isSynchronized", "FALSE"));
        Assert.IsType<Answer.Unknown>(await server.AskAsync(Anna));

        _connectedAt = First;
        Assert.IsType<Answer.Absent>(await server.AskAsync(Anna));
        Assert.Equal(2, _looks.Count);
    }

    [Fact]
    public async Task Behind_one_name_each_controllers_word_is_kept()
    {
        Says(("isSynchronized", "TRUE"));
        var server = Server();
        foreach (var connectedAt in new[] { 1, 2, 1, 2 })
        {
            _connectedAt = connectedAt;
            Assert.IsType<Answer.Absent>(await server.AskAsync(Anna));
        }

        Assert.Equal(2, _looks.Count);
    }

    [Theory]
    [InlineData("ldaps://dc1.contoso.example:3269", false)]
    [InlineData("ldap://dc1.contoso.example:3268", false)]
    [InlineData("ldaps://dc1.contoso.example", true)]
    [InlineData("ldap://dc1.contoso.example:389", true)]
    public async Task A_global_catalog_has_to_be_whole_where_one_is_asked(string uri, bool isAbsent)
    {
        Says(("isSynchronized", "TRUE"), ("isGlobalCatalogReady", "FALSE"));

        Assert.Equal(isAbsent, await Server(uri: uri).AskAsync(Anna) is Answer.Absent);
    }

    [Fact]
    public async Task What_a_server_does_not_say_is_nothing_against_it()
    {
        foreach (var silent in new[] { Outcome.Of(ResultCode.Success), Outcome.Of(ResultCode.InsufficientAccessRights), Outcome.Of(ResultCode.NoSuchObject), Outcome.Of(ResultCode.OperationsError) })
        {
            _rootDse = () => silent;
            Assert.IsType<Answer.Absent>(await Server().AskAsync(Anna));
        }
    }

    [Fact]
    public async Task A_look_that_fails_makes_no_one_absent()
    {
        foreach (var failure in new[] { Outcome.Of(ResultCode.Busy), Outcome.Of(ResultCode.Unavailable), Outcome.Of(LdapFaultKind.ConnectionLost) })
        {
            _rootDse = () => failure;
            Assert.IsType<Answer.Unknown>(await Server().AskAsync(Anna));
        }
    }

    [Fact]
    public async Task A_look_that_is_given_up_or_breaks_makes_no_one_absent()
    {
        foreach (var (thrown, reason) in new (Exception, UnknownReason)[] { (new OperationCanceledException(), UnknownReason.Timeout), (new InvalidOperationException("oops"), UnknownReason.InternalError) })
        {
            _rootDse = () => throw thrown;
            Assert.Equal(reason, Assert.IsType<Answer.Unknown>(await Server().AskAsync(Anna)).Reason);
        }
    }

    [Fact]
    public async Task After_a_look_that_fails_it_is_asked_again_at_once()
    {
        _rootDse = () => Outcome.Of(ResultCode.Busy);
        var server = Server();
        Assert.IsType<Answer.Unknown>(await server.AskAsync(Anna));
        Says(("isSynchronized", "TRUE"));
        Assert.IsType<Answer.Absent>(await server.AskAsync(Anna));
    }

    [Fact]
    public async Task Other_directories_are_not_asked()
    {
        Assert.IsType<Answer.Absent>(await Server("openldap").AskAsync(Anna));
        Assert.Empty(_looks);
    }

    [Fact]
    public async Task An_absence_heard_before_it_said_so_counts_for_nothing()
    {
        var answered = new TaskCompletionSource();
        _held = answered.Task;
        var server = Server();
        var early = server.AskAsync(Anna);
        _held = Task.CompletedTask;
        _time.Advance(TimeSpan.FromMilliseconds(1));
        _entries.Add(ScriptedEntry.Create("CN=Anna," + Directory.Base, ("mail", Anna)));
        Says(("isSynchronized", "TRUE"));

        // Has it say so. While Anna's question is open an absence is given a moment.
        var other = server.AskAsync("nobody@shared.example");
        while (!other.IsCompleted)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, TestContext.Current.CancellationToken);
            _time.Advance(TimeSpan.FromMilliseconds(1));
        }

        answered.SetResult();
        Assert.IsType<Answer.Exists>(await early);
    }

    [Fact]
    public async Task Below_several_bases_each_search_has_to_be_heard_over_a_connection_that_it_said_so_over()
    {
        const long First = 1, Second = 2;
        Says(("isSynchronized", "TRUE"));
        var server = Server(bases: [Directory.Base, "ou=b"], connectionOf: baseDn => baseDn switch
        {
            "" => _looks.Count == 1 ? First : Second,
            "ou=b" => Second,
            _ => First,
        });

        Assert.IsType<Answer.Absent>(await server.AskAsync(Anna));
        Assert.Equal(2, _looks.Count);
    }

    [Fact]
    public async Task Those_who_wait_share_a_look()
    {
        var told = new TaskCompletionSource<LdapSearchOutcome>();
        var server = Server(rootDse: () => new(told.Task));
        var questions = Enumerable.Range(0, 10).Select(number => server.AskAsync($"nobody{number}@shared.example")).ToList();

        told.SetResult(Says(("isSynchronized", "TRUE")));

        Assert.All(await Task.WhenAll(questions), answer => Assert.IsType<Answer.Absent>(answer));
        Assert.Single(_looks);
    }

    [Fact]
    public async Task One_that_is_alone_is_believed_when_the_operator_says_so()
    {
        Says(("isSynchronized", "FALSE"));

        var server = Made(policy: UnsynchronizedPolicy.Ignore).Servers[0];

        Assert.IsType<Answer.Absent>(await server.AskAsync(Anna));
        Assert.Empty(_looks);
    }

    [Fact]
    public async Task One_that_stays_behind_is_an_alarm_that_names_the_setting_until_it_has_caught_up()
    {
        Says(("isSynchronized", "FALSE"));
        var directory = Made();
        var began = _time.GetUtcNow();
        await directory.Servers[0].AskAsync(Anna);
        _time.Advance(TimeSpan.FromMinutes(10));
        await directory.Servers[0].AskAsync(Anna);
        Assert.Empty(directory.Current);

        _time.Advance(TimeSpan.FromMinutes(5));
        var alarm = Assert.Single(directory.Current);
        Assert.Equal(("not-synchronized", "contoso", began), (alarm.Name, alarm.Subject, alarm.Since));
        Assert.Contains("ldaps://dc1.contoso.example", alarm.Text, StringComparison.Ordinal);
        Assert.Contains("directories.NAME.unsynchronized to ignore", alarm.Text, StringComparison.Ordinal);

        Says(("isSynchronized", "TRUE"));
        await directory.Servers[0].AskAsync(Anna);
        Assert.Empty(directory.Current);
    }

    private LdapSearchOutcome Says(params (string Name, string Value)[] attributes)
    {
        var outcome = Outcome.Of(ResultCode.Success, ScriptedEntry.Create("", attributes));
        _rootDse = () => outcome;
        return outcome;
    }

    private Core.Directories.IDirectoryServer Server(
        string schema = "active-directory",
        string uri = "ldaps://dc1.contoso.example",
        Func<ValueTask<LdapSearchOutcome>>? rootDse = null,
        string[]? bases = null,
        Func<string, long>? connectionOf = null) => Made(schema, uri, rootDse, bases, connectionOf).Servers[0];

    private LdapDirectory Made(
        string schema = "active-directory",
        string uri = "ldaps://dc1.contoso.example",
        Func<ValueTask<LdapSearchOutcome>>? rootDse = null,
        string[]? bases = null,
        Func<string, long>? connectionOf = null,
        UnsynchronizedPolicy policy = UnsynchronizedPolicy.Unknown)
    {
        var options = Directory.Options(Directory.Schema(schema), bases ?? []) with { Servers = [new LdapServerOptions { Uri = new(uri) }], Unsynchronized = policy };
        var searcher = new FakeSearcher(async (request, _) =>
        {
            if (request.BaseObject.Length > 0)
            {
                var found = Outcome.Of(ResultCode.Success, [.. _entries.Find(request)]) with { ConnectedAt = connectionOf?.Invoke(request.BaseObject) ?? _connectedAt };
                await _held;
                return found;
            }

            _looks.Add(request);
            return (rootDse is null ? _rootDse() : await rootDse()) with { ConnectedAt = connectionOf?.Invoke("") ?? _connectedAt };
        });
        return LdapDirectory.Create(options, _ => searcher, time: _time);
    }
}
