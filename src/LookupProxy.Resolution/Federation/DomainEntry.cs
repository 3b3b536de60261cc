namespace LookupProxy.Resolution.Federation;

/// <param name="Domain">The domain that directories are asked for: itself, or what an alias stands for.</param>
internal readonly record struct DomainEntry(NamespaceState Namespace, string Domain);
