using System.Collections.Concurrent;
using LookupProxy.Ldap.Client;
using LookupProxy.Ldap.Messages;
using LookupProxy.TestKit.Ldap;

namespace LookupProxy.Directories.Tests.Ldap;

/// <summary>A client of one server that answers as told.</summary>
internal sealed class FakeSearcher(Func<SearchRequest, CancellationToken, ValueTask<LdapSearchOutcome>> answer) : ILdapClient
{
    public FakeSearcher(Func<SearchRequest, LdapSearchOutcome> answer)
        : this((request, _) => ValueTask.FromResult(answer(request)))
    {
    }

    /// <summary>Heeds base, scope and filter.</summary>
    public FakeSearcher(ScriptedEntries entries)
        : this(request => Outcome.Of(entries, request))
    {
    }

    public ConcurrentQueue<SearchRequest> Requests { get; } = [];

    public bool Disposed { get; private set; }

    public ValueTask<LdapSearchOutcome> SearchAsync(SearchRequest request, CancellationToken cancellationToken)
    {
        Requests.Enqueue(request);
        return answer(request, cancellationToken);
    }

    public ValueTask<LdapSessionOutcome> OpenSessionAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult(new LdapSessionOutcome(null, new LdapFault(LdapFaultKind.Unreachable, "this client has no sessions")));

    /// <summary>What a bind of a user ends in; accepted unless told.</summary>
    public Func<string, string, LdapFault?> OnBind { get; init; } = static (_, _) => null;

    public ConcurrentQueue<(string Name, string Password)> Binds { get; } = [];

    public ValueTask<LdapFault?> BindAsync(string name, ReadOnlyMemory<byte> password, CancellationToken cancellationToken)
    {
        var text = System.Text.Encoding.UTF8.GetString(password.Span);
        Binds.Enqueue((name, text));
        return ValueTask.FromResult(OnBind(name, text));
    }

    public ValueTask DisposeAsync()
    {
        Disposed = true;
        return ValueTask.CompletedTask;
    }
}
