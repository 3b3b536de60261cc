using LookupProxy.Host.Configuration.Nodes;

namespace LookupProxy.Host.Configuration.Model;

/// <param name="Path">The setting's, for a fault that shows only when the socket is opened.</param>
internal sealed record ListenerSettings(ListenAddress Address, bool IsTls, string Path, Origin Origin);
