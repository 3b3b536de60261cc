using System.Buffers;

namespace LookupProxy.Endpoints.Connections;

/// <summary>
/// One protocol on one connection: a codec and a small handler. <see cref="ConnectionLoop"/> reads, flushes, bounds and closes for it.
/// It writes to the connection's output and leaves flushing to the loop; what it writes before the first read is a greeting. Calls never overlap.
/// </summary>
internal interface IProtocolSession
{
    /// <summary>Why the last step was <see cref="SessionStep.Fault"/>, in a word for log and metric.</summary>
    string? Fault { get; }

    /// <summary>
    /// Takes at most one request off the front of <paramref name="buffer"/> without waiting for anything.
    /// The buffer is only good until <see cref="FinishAsync"/> is done or, when there is nothing to finish, until this returns.
    /// </summary>
    SessionStep Step(ref ReadOnlySequence<byte> buffer);

    /// <summary>Waits for, and writes, the answer of a step that was <see cref="SessionStep.Waiting"/>.</summary>
    ValueTask FinishAsync();
}
