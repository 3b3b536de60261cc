using LookupProxy.Core.Overrides;

namespace LookupProxy.Core.Storage;

public interface IClusterListener
{
    void Flushed(FlushScope scope);

    void Overridden(Override entry);

    void OverrideRemoved(string address);
}
