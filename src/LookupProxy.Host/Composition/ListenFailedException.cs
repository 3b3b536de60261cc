namespace LookupProxy.Host.Composition;

/// <summary>A socket that could not be opened, said so that an operator knows which and what to do.</summary>
internal sealed class ListenFailedException(string message, int exitCode, Exception? inner = null) : Exception(message, inner)
{
    public int ExitCode => exitCode;
}
