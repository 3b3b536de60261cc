using LookupProxy.Host.Configuration.Model;

namespace LookupProxy.Host.Composition;

/// <summary>A socket that is listened on.</summary>
internal sealed record OpenListener(string Endpoint, ListenAddress Address, bool IsTls);
