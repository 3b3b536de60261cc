using LookupProxy.Core.Overrides;
using LookupProxy.Core.Storage;
using LookupProxy.Resolution.Federation;
using LookupProxy.Resolution.Flushing;

namespace LookupProxy.Resolution.Overriding;

/// <summary>Does here what another node's administrator did there.</summary>
internal sealed class ClusterEar(Flusher flusher, OverrideBook overrides, Func<CompiledModel> model) : IClusterListener
{
    public void Flushed(FlushScope scope) => flusher.Hear(scope, model());

    public void Overridden(IReadOnlyCollection<Override> entries) => overrides.Hear(entries);

    public void OverrideRemoved(string address) => overrides.HearRemoved(address);
}
