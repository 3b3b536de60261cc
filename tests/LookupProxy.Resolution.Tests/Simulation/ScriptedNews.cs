using LookupProxy.Core.Overrides;
using LookupProxy.Core.Storage;

namespace LookupProxy.Resolution.Tests.Simulation;

internal sealed class ScriptedNews : IClusterNews
{
    public List<object> Told { get; } = [];

    public bool ReachesAll { get; set; } = true;

    public IClusterListener? Listener { get; private set; }

    public ValueTask<bool> FlushedAsync(FlushScope scope, CancellationToken cancellationToken) => Tell(scope);

    public ValueTask<bool> OverriddenAsync(Override entry, CancellationToken cancellationToken) => Tell(entry);

    public ValueTask<bool> OverrideRemovedAsync(string address, CancellationToken cancellationToken) => Tell(address);

    public void Listen(IClusterListener listener) => Listener = listener;

    private ValueTask<bool> Tell(object news)
    {
        Told.Add(news);
        return new(ReachesAll);
    }
}
