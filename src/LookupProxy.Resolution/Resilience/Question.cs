using LookupProxy.Core.Addresses;
using LookupProxy.Core.Recipients;

namespace LookupProxy.Resolution.Resilience;

/// <summary>One question on its way through the circuit.</summary>
/// <param name="epoch">How often the circuit had closed when it was put.</param>
internal sealed class Question(Address address, int epoch)
{
    public Address Address => address;

    public int Epoch => epoch;

    /// <summary>Null while it has not been put to the server.</summary>
    public Answer? Answer { get; set; }
}
