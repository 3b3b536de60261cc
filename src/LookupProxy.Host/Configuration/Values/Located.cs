using LookupProxy.Host.Configuration.Nodes;

namespace LookupProxy.Host.Configuration.Values;

/// <summary>A value that knows where it was written, for checks that come after all of it is read.</summary>
internal readonly record struct Located<T>(T Value, Origin Origin, string Path);
