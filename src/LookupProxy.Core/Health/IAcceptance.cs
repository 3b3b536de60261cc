namespace LookupProxy.Core.Health;

/// <summary>The administrator's word that what was taken for a fault of a directory (most of its recipients gone) is the truth.</summary>
public interface IAcceptance
{
    /// <summary>Accepts what is refused of this directory now. Null when nothing is; else, for people, what was accepted and what follows.</summary>
    ValueTask<string?> AcceptAsync(string directory, CancellationToken cancellationToken);

    /// <summary>What an administrator types for it.</summary>
    static string CommandFor(string directory) => $"lookupproxy directory accept {directory} --token-file FILE";
}
