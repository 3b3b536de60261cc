using System.Runtime.CompilerServices;

namespace LookupProxy.Host.Commands;

/// <summary>Many addresses at a time, their answers in the order of the addresses.</summary>
internal static class CheckRun
{
    /// <summary>Enough to keep directories busy, below what a directory may have outstanding.</summary>
    private const int AtATime = 64;

    public static async IAsyncEnumerable<Checked> RunAsync(
        IAddressChecker checker, IEnumerable<string> addresses, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var underWay = new Queue<Task<Checked>>();
        foreach (var address in addresses)
        {
            if (underWay.Count >= AtATime)
                yield return await underWay.Dequeue();
            underWay.Enqueue(checker.CheckAsync(address, cancellationToken));
        }

        while (underWay.TryDequeue(out var next))
            yield return await next;
    }
}
