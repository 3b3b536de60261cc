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

    /// <summary>The filters of all searches so far, without those for anybody.</summary>
    public IReadOnlyList<string> Filters => [.. _searches.Select(static search => FilterText.Format(search.Request.Filter))];

    public SearchRequest Request(int index) => _searches[index].Request;

    public bool IsCancelled(int index) => _searches[index].Cancellation.IsCancellationRequested;

    public void AddPerson(string name, params (string Name, string Value)[] more) =>
        Entries.Add(ScriptedEntry.Create($"cn={name}," + Directory.Base, [("objectClass", "user"), ("mail", Address(name)), .. more]));

    public static string Address(string name) => name + "@shared.example";

    /// <summary>The filter for one address, and what stands between the parentheses of an OR of several.</summary>
    public static string Terms(params string[] names) => string.Concat(names.Select(static name => $"(proxyAddresses=smtp:{Address(name)})(mail={Address(name)})"));

    public static string Or(params string[] names) => $"(|{Terms(names)})";

    public Task<Answer> AskAsync(string name, CancellationToken cancellationToken = default) =>
        _server.AskAsync(Directory.Address(Address(name)), cancellationToken).AsTask();

    /// <summary>The next one, from the entries.</summary>
    public void Answer() => Answer(_searches[_answered].Request is var request
        ? Outcome.Of(ResultCode.Success, [.. Entries.Find(request).Select(entry => ScriptedEntry.Select(entry, request.Attributes, request.TypesOnly))])
        : throw new InvalidOperationException());

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

    /// <summary>Two searches under way, which keep it busy.</summary>
    public Task<Answer>[] Occupy()
    {
        Task<Answer>[] busy = [AskAsync("first"), AskAsync("second")];
        Assert.Equal([Or("first"), Or("second")], Filters);
        return busy;
    }

    /// <summary>Occupied, after somebody has been seen there.</summary>
    public async Task<Task<Answer>[]> OccupyAfterAsync(string seen)
    {
        Assert.IsType<Answer.Exists>(await AnswerAllAsync(AskAsync(seen)));
        return [AskAsync("first"), AskAsync("second")];
    }

    private ValueTask<LdapSearchOutcome> HoldAsync(SearchRequest request, CancellationToken cancellationToken)
    {
        var outcome = new TaskCompletionSource<LdapSearchOutcome>();
        cancellationToken.Register(() => outcome.TrySetCanceled(cancellationToken));
        _searches.Add((request, outcome, cancellationToken));
        return new(outcome.Task);
    }
}
