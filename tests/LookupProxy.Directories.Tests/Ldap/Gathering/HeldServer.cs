using LookupProxy.Core.Directories;
using LookupProxy.Core.Recipients;
using LookupProxy.Directories.Ldap;
using LookupProxy.Ldap.Client;
using LookupProxy.Ldap.Filters;
using LookupProxy.Ldap.Messages;
using LookupProxy.TestKit.Ldap;
using LookupProxy.TestKit.Time;

namespace LookupProxy.Directories.Tests.Ldap.Gathering;

/// <summary>A server that answers each search only when told to.</summary>
internal sealed class HeldServer
{
    /// <summary>Who was seen last.</summary>
    public const string Witness = "witness";

    /// <summary>Without the question whether it has caught up with others.</summary>
    private static readonly LdapSchema Schema = Directory.Schema("active-directory") with { IsActiveDirectory = false };

    private readonly List<(SearchRequest Request, TaskCompletionSource<LdapSearchOutcome> Outcome, CancellationToken Cancellation)> _searches = [];
    private readonly IDirectoryServer _server;
    private int _answered;

    public HeldServer(LdapSchema? schema = null, int addressesPerSearch = 8, string[]? baseDns = null)
    {
        var options = Directory.Options(schema ?? Schema, baseDns ?? []) with { AddressesPerSearch = addressesPerSearch };
        _server = LdapDirectory.Create(options, _ => new FakeSearcher(HoldAsync), time: Time).Servers[0];
    }

    public ManualTimeProvider Time { get; } = new();

    public ScriptedEntries Entries { get; } = new();

    /// <summary>The filters of all searches so far.</summary>
    public IReadOnlyList<string> Filters => [.. _searches.Select(static search => FilterText.Format(search.Request.Filter))];

    public SearchRequest Request(int index) => _searches[index].Request;

    public bool IsCancelled(int index) => _searches[index].Cancellation.IsCancellationRequested;

    public void AddPerson(string name, params (string Name, string Value)[] more) =>
        Entries.Add(ScriptedEntry.Create($"cn={name}," + Directory.Base, [("objectClass", "user"), ("mail", Address(name)), .. more]));

    public static string Address(string name) => name + "@shared.example";

    /// <summary>The filter for one address, or several.</summary>
    public static string Or(params string[] names) =>
        $"(|{string.Concat(names.Select(static name => $"(proxyAddresses=smtp:{Address(name)})(mail={Address(name)})"))})";

    /// <summary>With the witness.</summary>
    public static string Shared(params string[] names) => Or([.. names, Witness]);

    public Task<Answer> AskAsync(string name, CancellationToken cancellationToken = default) =>
        _server.AskAsync(Directory.Address(Address(name)), cancellationToken).AsTask();

    /// <summary>The next one, from the entries.</summary>
    public void Answer() => Answer(Outcome.Of(Entries, _searches[_answered].Request));

    /// <summary>Out of turn.</summary>
    public void Answer(LdapSearchOutcome outcome, int index) => _searches[index].Outcome.TrySetResult(outcome);

    public void Answer(LdapSearchOutcome outcome) => _searches[_answered++].Outcome.TrySetResult(outcome);

    /// <summary>Until nothing waits for it.</summary>
    public async Task<Answer> AnswerAllAsync(Task<Answer> until)
    {
        while (!until.IsCompleted)
        {
            if (_answered < _searches.Count)
                Answer();
            else
                await Task.Yield();
        }

        return await until;
    }

    /// <summary>Somebody has been seen there, and two searches are under way, which keep it busy.</summary>
    public async Task OccupyAsync()
    {
        await SeeAsync(Witness);
        _ = AskAsync("first");
        _ = AskAsync("second");
        Assert.Equal([Shared("first"), Shared("second")], Filters.TakeLast(2));
    }

    public async Task SeeAsync(string name, params (string Name, string Value)[] more)
    {
        AddPerson(name, more);
        Assert.IsType<Answer.Exists>(await AnswerAllAsync(AskAsync(name)));
    }

    private ValueTask<LdapSearchOutcome> HoldAsync(SearchRequest request, CancellationToken cancellationToken)
    {
        var outcome = new TaskCompletionSource<LdapSearchOutcome>();
        cancellationToken.Register(() => outcome.TrySetCanceled(cancellationToken));
        _searches.Add((request, outcome, cancellationToken));
        return new(outcome.Task);
    }
}
