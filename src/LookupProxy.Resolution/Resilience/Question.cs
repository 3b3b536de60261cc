using LookupProxy.Core.Addresses;
using LookupProxy.Core.Recipients;

namespace LookupProxy.Resolution.Resilience;

/// <summary>One question on its way through the circuit.</summary>
/// <param name="epoch">How often the circuit had closed when it was put.</param>
/// <param name="cutOff">Cancelled when the server is given up while the question waits, and when the resolver closes.</param>
internal sealed class Question(Address address, int epoch, CancellationToken cutOff)
{
    public Address Address => address;

    public int Epoch => epoch;

    public CancellationToken CutOff => cutOff;

    /// <summary>Null while it has not been put to the server.</summary>
    public Answer? Answer { get; set; }
}
