using System.Collections.Concurrent;
using LookupProxy.Core.Lookups;
using LookupProxy.Core.Recipients;

namespace LookupProxy.Endpoints.Tests;

/// <summary>Answers by the address's text; an address that nobody told it of is not ours.</summary>
internal sealed class FakeResolver : IRecipientResolver
{
    private readonly Dictionary<string, Func<LookupRequest, ValueTask<Verdict>>> _answers = new(StringComparer.Ordinal);

    public ConcurrentQueue<LookupRequest> Asked { get; } = [];

    public FakeResolver Valid(string address, Recipient? recipient = null) =>
        Say(address, request => new Verdict
        {
            Kind = VerdictKind.Valid,
            Address = request.Address,
            Namespace = "shared",
            Recipient = recipient ?? new Recipient { Directory = "contoso" },
            DecidedAs = request.Address,
        });

    /// <summary>The first directory has it and answers first; what the others say is on the evidence of a lookup everywhere only.</summary>
    public FakeResolver Shared(string address, Recipient first, params Answer[] others) =>
        Say(address, request => new Verdict
        {
            Kind = VerdictKind.Valid,
            Address = request.Address,
            Namespace = "shared",
            Recipient = first,
            DecidedAs = request.Address,
            Evidence = request.Everywhere
                ? [.. others.Prepend(new Answer.Exists(first)).Select(static (answer, i) => new Evidence($"d{i}", answer, EvidenceSource.Live, TimeSpan.Zero, TimeSpan.Zero))]
                : [],
        });

    public FakeResolver Invalid(string address) =>
        Say(address, static request => new Verdict { Kind = VerdictKind.Invalid, Address = request.Address, Namespace = "shared" });

    public FakeResolver Unknown(string address, WhenUnknown whenUnknown = WhenUnknown.Defer, UnknownReason reason = UnknownReason.Timeout) =>
        Say(address, request => new Verdict { Kind = VerdictKind.Unknown, Address = request.Address, Namespace = "shared", Reason = reason, WhenUnknown = whenUnknown });

    public FakeResolver Say(string address, Func<LookupRequest, Verdict> answer) => SayLater(address, request => new ValueTask<Verdict>(answer(request)));

    public FakeResolver SayLater(string address, Func<LookupRequest, ValueTask<Verdict>> answer)
    {
        _answers[address] = answer;
        return this;
    }

    /// <summary>The answer waits until the test gives it.</summary>
    public TaskCompletionSource<Verdict> Hold(string address)
    {
        var source = new TaskCompletionSource<Verdict>();
        SayLater(address, _ => new ValueTask<Verdict>(source.Task));
        return source;
    }

    public ValueTask<Verdict> ResolveAsync(LookupRequest request, CancellationToken cancellationToken)
    {
        Asked.Enqueue(request);
        return _answers.TryGetValue(request.Address.Text, out var answer)
            ? answer(request)
            : new ValueTask<Verdict>(new Verdict { Kind = VerdictKind.NotOurs, Address = request.Address });
    }
}
