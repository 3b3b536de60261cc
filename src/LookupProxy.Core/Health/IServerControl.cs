namespace LookupProxy.Core.Health;

/// <summary>The administrator's hand on the circuit breakers.</summary>
public interface IServerControl
{
    /// <summary>Takes a server (or all of a directory's when <paramref name="server"/> is null) out until <see cref="CloseAsync"/>. False when there is none of that name.</summary>
    ValueTask<bool> IsolateAsync(string directory, string? server, CancellationToken cancellationToken);

    /// <summary>Lets questions pass again, holds nothing back any longer because it failed before, and tries once whether it answers. False when there is none of that name.</summary>
    ValueTask<bool> CloseAsync(string directory, string? server, CancellationToken cancellationToken);
}
