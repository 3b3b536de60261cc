using LookupProxy.Core.Overrides;
using LookupProxy.Core.Storage;

namespace LookupProxy.Resolution.Tests.Simulation;

internal sealed class ScriptedNews : IClusterNews
{
    public List<object> Told { get; } = [];

    public Telling Telling { get; set; }

    public IClusterListener? Listener { get; private set; }

    public ValueTask<Telling> FlushedAsync(FlushScope scope, CancellationToken cancellationToken) => Tell(scope);

    public ValueTask<Telling> OverriddenAsync(Override entry, CancellationToken cancellationToken) => Tell(entry);

    public ValueTask<Telling> OverrideRemovedAsync(string address, CancellationToken cancellationToken) => Tell(address);

    public void Listen(IClusterListener listener) => Listener = listener;

    private ValueTask<Telling> Tell(object news)
    {
        Told.Add(news);
        return new(Telling);
    }
}
