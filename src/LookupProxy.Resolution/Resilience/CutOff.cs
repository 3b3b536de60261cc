using LookupProxy.Core.Recipients;

namespace LookupProxy.Resolution.Resilience;

/// <summary>
/// Ends the waiting of many questions at once, one time. Its source is left to the collector, not disposed (it holds no timer and no link):
/// a question may be taking the token of one that is being replaced.
/// </summary>
internal sealed class CutOff
{
    private readonly Action _cancel;

    public CutOff()
    {
        var source = new CancellationTokenSource();
        Token = source.Token;
        _cancel = source.Cancel;
    }

    public CancellationToken Token { get; }

    /// <summary>What those who waited are told; null for that no answer came in time.</summary>
    public Answer.Unknown? Why { get; private set; }

    public void Cancel(Answer.Unknown? why)
    {
        Why = why;
        _cancel();
    }
}
