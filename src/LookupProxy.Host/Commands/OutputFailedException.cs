namespace LookupProxy.Host.Commands;

/// <summary>An answer could not be given to whoever reads standard output. Its message is for people.</summary>
internal sealed class OutputFailedException(string message, Exception inner) : Exception(message, inner);
