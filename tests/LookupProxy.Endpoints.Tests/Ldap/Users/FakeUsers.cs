using System.Collections.Concurrent;
using System.Text;
using LookupProxy.Core.Addresses;
using LookupProxy.Core.Credentials;

namespace LookupProxy.Endpoints.Tests.Ldap.Users;

/// <summary>A directory's users with their passwords; who is not told of is not there.</summary>
internal sealed class FakeUsers(params (string Address, string Password)[] users) : ICredentialCheck
{
    public ConcurrentQueue<string> Asked { get; } = [];

    public bool HasPrincipalNames { get; init; }

    /// <summary>Given instead of an answer.</summary>
    public CredentialAnswer? Instead { get; set; }

    /// <summary>Answers nothing until cancelled.</summary>
    public bool Hangs { get; set; }

    public async ValueTask<CredentialAnswer> CheckAsync(Address user, ReadOnlyMemory<byte> password, CancellationToken cancellationToken)
    {
        Asked.Enqueue(user.Text);
        if (Hangs)
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        if (Instead is not null)
            return Instead;
        var known = users.FirstOrDefault(known => known.Address == user.Text);
        if (known.Address is null)
            return new CredentialAnswer.NoSuchUser();
        return known.Password == Encoding.UTF8.GetString(password.Span)
            ? new CredentialAnswer.Accepted(DnOf(user.Text))
            : new CredentialAnswer.Refused("invalidCredentials (49): data 775");
    }

    public static string DnOf(string address) => $"uid={address},dc=contoso";
}
