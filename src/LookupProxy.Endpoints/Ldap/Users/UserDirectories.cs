using System.Collections.Immutable;
using LookupProxy.Core.Addresses;
using LookupProxy.Core.Credentials;
using LookupProxy.Core.Lookups;
using LookupProxy.Core.Recipients;

namespace LookupProxy.Endpoints.Ldap.Users;

/// <summary>
/// Which directory is asked for a user's password: the one that the resolver says owns the address; else each of the namespace in turn, until one has the user.
/// </summary>
internal sealed class UserDirectories(LdapSources sources)
{
    /// <param name="directories">By name.</param>
    /// <param name="owner">The directory that owns the address; null when that is not known.</param>
    /// <returns>The answer, and the directory that gave it.</returns>
    public async ValueTask<(CredentialAnswer Answer, string Directory)> AskAsync(
        ImmutableArray<string> directories, Address user, ReadOnlyMemory<byte> password, string? owner, CancellationToken cancellationToken)
    {
        CredentialAnswer.Unknown? unknown = null;
        foreach (var name in InOrder(directories, owner))
        {
            if (!sources.Users.TryGetValue(name, out var directory))
                continue;
            var answer = await directory.CheckAsync(user, password, cancellationToken);
            switch (answer)
            {
                case CredentialAnswer.Unknown failure when name == owner:
                    // The password is no business of the others.
                    return (failure, name);
                case CredentialAnswer.Unknown failure:
                    unknown ??= failure;
                    break;
                case CredentialAnswer.Refused refused:
                    // One that could not be asked may be the user's own.
                    return (unknown ?? (CredentialAnswer)refused, name);
                case CredentialAnswer.Accepted:
                    return (answer, name);
            }
        }

        return (unknown ?? (CredentialAnswer)new CredentialAnswer.NoSuchUser(), "");
    }

    /// <summary>Null also when the verdict's recipient is a rule's.</summary>
    public static string? OwnerOf(Verdict verdict) => verdict is { Kind: VerdictKind.Valid, Recipient.Directory: { Length: > 0 } directory } ? directory : null;

    /// <summary>Those of some namespaces that may know a name whose domain is none of their mail domains: Active Directory's user@corp.local.</summary>
    public ImmutableArray<string> WithPrincipalNames(IEnumerable<NamespaceOutline> namespaces) =>
    [
        .. namespaces.SelectMany(static ns => ns.Directories)
            .Distinct(StringComparer.Ordinal)
            .Where(name => sources.Users.TryGetValue(name, out var directory) && directory.HasPrincipalNames),
    ];

    private static IEnumerable<string> InOrder(ImmutableArray<string> directories, string? owner) =>
        owner is null ? directories : directories.Where(name => name != owner).Prepend(owner);
}
