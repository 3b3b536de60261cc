namespace LookupProxy.Host.Commands;

/// <summary>What all commands need of the process.</summary>
internal sealed record CommandContext(Terminal Terminal, IReadOnlyDictionary<string, string> Environment, TimeProvider Time);
