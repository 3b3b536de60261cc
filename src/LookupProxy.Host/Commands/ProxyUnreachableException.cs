namespace LookupProxy.Host.Commands;

/// <summary>Its message is for people.</summary>
internal sealed class ProxyUnreachableException(string message, Exception inner) : Exception(message, inner);
