namespace LookupProxy.SystemTests.Processes;

/// <summary>Linux numbers (x86-64 and arm64).</summary>
internal enum Signal
{
    Hangup = 1,
    Kill = 9,
    Terminate = 15,
    Continue = 18,
    Stop = 19,
}
