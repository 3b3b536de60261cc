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

    public void Cancel() => _cancel();
}
