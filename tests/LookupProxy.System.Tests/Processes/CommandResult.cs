namespace LookupProxy.SystemTests.Processes;

internal sealed record CommandResult(int ExitCode, string Output, string Error);
