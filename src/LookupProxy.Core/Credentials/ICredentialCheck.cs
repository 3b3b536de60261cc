using LookupProxy.Core.Addresses;

namespace LookupProxy.Core.Credentials;

/// <summary>A directory that can say whether a user's password is right. An <c>IDirectory</c> implements it beside.</summary>
public interface ICredentialCheck
{
    /// <summary>Whether users have principal names beside their addresses, whose domain need be no mail domain.</summary>
    bool HasPrincipalNames { get; }

    /// <summary>
    /// Finds the user as ourselves, then asks as the user, over TLS only. Keeps nothing of the password.
    /// Throws only <see cref="OperationCanceledException"/>, and only for <paramref name="cancellationToken"/>, which is also what bounds its time.
    /// </summary>
    /// <param name="user">An address of the user's, or the user principal name, which is written like one.</param>
    /// <param name="password">Not empty.</param>
    ValueTask<CredentialAnswer> CheckAsync(Address user, ReadOnlyMemory<byte> password, CancellationToken cancellationToken);
}
