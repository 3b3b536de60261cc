using System.Collections.Immutable;
using LookupProxy.Core.Addresses;
using LookupProxy.Core.Credentials;
using LookupProxy.Core.Recipients;

namespace LookupProxy.Directories.Ldap.Credentials;

/// <summary>Whether a user's password is right, by whichever of a directory's servers can say. The one that could say last is asked first.</summary>
internal sealed class UserCheck(ImmutableArray<UserServer> servers, TimeProvider time) : ICredentialCheck
{
    /// <summary>For a server to find the user; then the next one is asked. A bind has the time of a connect.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private int _first;

    public bool HasPrincipalNames => servers.Any(static server => server.HasPrincipalNames);

    public async ValueTask<CredentialAnswer> CheckAsync(Address user, ReadOnlyMemory<byte> password, CancellationToken cancellationToken)
    {
        var first = Volatile.Read(ref _first);
        CredentialAnswer.Unknown? unknown = null;
        for (var i = 0; i < servers.Length; i++)
        {
            var number = (first + i) % servers.Length;
            var answer = await CheckAtAsync(servers[number], user, password, cancellationToken);
            if (answer is not CredentialAnswer.Unknown failure)
            {
                Volatile.Write(ref _first, number);
                return answer;
            }

            unknown ??= failure;
        }

        return unknown ?? new CredentialAnswer.Unknown(UnknownReason.NotReady, "the directory has no servers");
    }

    private async ValueTask<CredentialAnswer> CheckAtAsync(UserServer server, Address user, ReadOnlyMemory<byte> password, CancellationToken cancellationToken)
    {
        switch (await FindAsync(server, user, cancellationToken))
        {
            case Answer.Exists { Recipient.DistinguishedName: { Length: > 0 } name }:
                return BindAnswers.Of(await server.BindAsync(name, password, cancellationToken), name);
            case Answer.Unknown unknown:
                return new CredentialAnswer.Unknown(unknown.Reason, unknown.Detail);
            default:
                return new CredentialAnswer.NoSuchUser();
        }
    }

    private async ValueTask<Answer> FindAsync(UserServer server, Address user, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            return await server.FindAsync(user, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new Answer.Unknown(UnknownReason.Timeout, $"the user was not found within {Patience.TotalSeconds:0} s");
        }
    }
}
