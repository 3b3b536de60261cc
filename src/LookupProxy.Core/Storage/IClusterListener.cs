using LookupProxy.Core.Overrides;

namespace LookupProxy.Core.Storage;

public interface IClusterListener
{
    void Flushed(FlushScope scope);

    /// <param name="entries">All that are heard at once: after a start there may be thousands.</param>
    void Overridden(IReadOnlyCollection<Override> entries);

    void OverrideRemoved(string address);
}
