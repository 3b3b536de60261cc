using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using LookupProxy.Core.Listing;
using LookupProxy.Core.Recipients;
using LookupProxy.TestKit.Addresses;

namespace LookupProxy.Resolution.Tests.Simulation;

/// <summary>All the recipients of a directory, and what has become of them since they were first told.</summary>
internal sealed class ScriptedListing
{
    private readonly SortedDictionary<string, (ListedRecipient Recipient, int Changed)> _held = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _gone = new(StringComparer.Ordinal);
    private int _revision = 1;

    public int PageSize { get; set; } = 2;

    public bool TellsChanges { get; set; } = true;

    public bool TellsGone { get; set; } = true;

    /// <summary>As syncrepl does in its present phase: who has gone is told by naming who has stayed.</summary>
    public bool TellsWhoStayed { get; set; }

    /// <summary>Thrown before this page; null for never.</summary>
    public int? FailsAtPage { get; set; }

    /// <summary>Before each page.</summary>
    public Func<CancellationToken, Task>? Waits { get; set; }

    /// <summary>What was asked for: true for all.</summary>
    public List<bool> Readings { get; } = [];

    public IEnumerable<ListedRecipient> Everybody => _held.Values.Select(static held => held.Recipient);

    public int Count => _held.Count;

    public static ListedRecipient Person(string id, params string[] addresses) =>
        new(id, [.. addresses.Select(Mail.Of)], new Recipient { Directory = "d0", PrimaryAddress = addresses.FirstOrDefault() });

    public void Set(string id, params string[] addresses) => Set(Person(id, addresses));

    public void Set(ListedRecipient recipient)
    {
        _held[recipient.Id] = (recipient, ++_revision);
        _gone.Remove(recipient.Id);
    }

    public void Remove(string id)
    {
        if (_held.Remove(id))
            _gone[id] = ++_revision;
    }

    public void Clear()
    {
        foreach (var id in _held.Keys.ToArray())
            Remove(id);
    }

    public async IAsyncEnumerable<ListingBatch> ReadAsync(ListingMark? since, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var from = since is null || !TellsChanges ? 0 : BinaryPrimitives.ReadInt32LittleEndian(since.Value.Span);
        var isFull = from == 0;
        Readings.Add(isFull);
        var upTo = _revision;
        ListedRecipient[] told = [.. _held.Values.Where(held => held.Changed > from).Select(static held => held.Recipient)];
        string[] gone = TellsGone && !isFull && !TellsWhoStayed ? [.. _gone.Where(pair => pair.Value > from).Select(static pair => pair.Key)] : [];
        string[] stayed = TellsWhoStayed && !isFull ? [.. _held.Where(pair => pair.Value.Changed <= from).Select(static pair => pair.Key)] : [];
        var pages = Math.Max(1, (told.Length + PageSize - 1) / PageSize);
        for (var page = 0; page < pages; page++)
        {
            if (Waits is not null)
                await Waits(cancellationToken);
            if (page == FailsAtPage)
                throw new ListingException(UnknownReason.ConnectionLost, "the connection was lost");
            var last = page == pages - 1;
            yield return new ListingBatch(isFull, [.. told.Skip(page * PageSize).Take(PageSize)], page == 0 ? [.. gone] : [], last ? MarkOf(upTo) : null, told.Length)
            {
                Unchanged = page == 0 ? [.. stayed] : [],
                OthersGone = last && TellsWhoStayed && !isFull,
                TellsGone = TellsGone,
            };
        }
    }

    private ListingMark? MarkOf(int revision)
    {
        if (!TellsChanges)
            return null;
        var value = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(value, revision);
        return new ListingMark("scripted", value);
    }
}
