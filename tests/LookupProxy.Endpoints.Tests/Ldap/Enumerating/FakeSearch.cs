using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using LookupProxy.Core.Listing;
using LookupProxy.Core.Recipients;
using LookupProxy.Core.Searching;
using LookupProxy.TestKit.Addresses;

namespace LookupProxy.Endpoints.Tests.Ldap.Enumerating;

/// <summary>A directory that gives all it was told of, a recipient a page, and then ends as told.</summary>
internal sealed class FakeSearch(string directory) : IRecipientSearch
{
    private readonly List<FoundRecipient> _recipients = [];
    private int _open;
    private int _given;

    public ConcurrentQueue<RecipientQuestion> Questions { get; } = [];

    public string? Tree { get; init; }

    /// <summary>In place of the end.</summary>
    public ListingException? Fails { get; init; }

    /// <summary>Awaited before the end.</summary>
    public TaskCompletionSource? Waits { get; init; }

    /// <summary>Recipients that were taken.</summary>
    public int Given => Volatile.Read(ref _given);

    /// <summary>Searches that have not ended.</summary>
    public int Open => Volatile.Read(ref _open);

    public FakeSearch With(params string[] addresses) => With(addresses, []);

    public FakeSearch With(string[] addresses, (string Name, string Value)[] attributes, params (string Name, string Value)[] extra)
    {
        _recipients.Add(new FoundRecipient(
            [.. addresses.Select(Mail.Of)],
            new Recipient
            {
                Directory = directory,
                PrimaryAddress = addresses[0],
                DistinguishedName = $"uid={addresses[0]}",
                Attributes = Table(attributes),
            })
        {
            Extra = Table(extra),
        });
        return this;
    }

    public FakeSearch WithMany(int count, string prefix)
    {
        for (var i = 0; i < count; i++)
            With($"{prefix}{i}@corp.example");
        return this;
    }

    public bool Holds(string name) => Tree is not null && name.EndsWith(Tree, StringComparison.OrdinalIgnoreCase);

    public async IAsyncEnumerable<ImmutableArray<FoundRecipient>> SearchAsync(RecipientQuestion question, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Questions.Enqueue(question);
        Interlocked.Increment(ref _open);
        try
        {
            foreach (var recipient in _recipients)
            {
                cancellationToken.ThrowIfCancellationRequested();
                await Task.Yield();
                Interlocked.Increment(ref _given);
                yield return [recipient];
            }

            if (Waits is not null)
                await Waits.Task.WaitAsync(cancellationToken);
            if (Fails is not null)
                throw Fails;
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }

    private static AttributeDictionary Table((string Name, string Value)[] values) =>
        AttributeDictionary.Of(values.GroupBy(static pair => pair.Name).Select(static group => KeyValuePair.Create(group.Key, group.Select(static pair => pair.Value).ToImmutableArray())));
}
