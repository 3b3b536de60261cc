using System.Collections.Frozen;
using LookupProxy.Core.Addresses;
using LookupProxy.Core.Lookups;
using LookupProxy.Core.Recipients;

namespace LookupProxy.Benchmarks.Policy;

/// <summary>One look-up in a table that never changes: what an endpoint costs when the resolver costs next to nothing.</summary>
internal sealed class MemoryResolver(FrozenSet<Address> valid, bool delayed) : IRecipientResolver
{
    private static readonly Recipient Someone = new() { Directory = "memory" };

    /// <summary>Reads lines "ADDRESS valid|invalid …".</summary>
    public static FrozenSet<Address> Read(string path) =>
        File.ReadLines(path)
            .Select(static line => line.Split(' '))
            .Where(static fields => fields.Length < 2 || fields[1] == "valid")
            .Select(static fields => AddressParser.TryParse(fields[0].AsSpan(), AddressSyntax.Unquoted, out var address) == AddressFault.None ? address : null)
            .OfType<Address>()
            .ToFrozenSet();

    public ValueTask<Verdict> ResolveAsync(LookupRequest request, CancellationToken cancellationToken) =>
        delayed ? LaterAsync(request.Address) : new ValueTask<Verdict>(Decide(request.Address));

    private async ValueTask<Verdict> LaterAsync(Address address)
    {
        await Task.Yield();
        return Decide(address);
    }

    private Verdict Decide(Address address) => valid.Count == 0 || valid.Contains(address.Fold())
        ? new Verdict { Kind = VerdictKind.Valid, Address = address, Namespace = "memory", Recipient = Someone }
        : new Verdict { Kind = VerdictKind.Invalid, Address = address, Namespace = "memory" };
}
