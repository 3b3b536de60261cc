using LookupProxy.Core.Recipients;

namespace LookupProxy.Core.Credentials;

/// <summary>What one directory says of one user's password. A failure is never a wrong password.</summary>
public abstract record CredentialAnswer
{
    private CredentialAnswer()
    {
    }

    /// <param name="DistinguishedName">Of the user, in the directory.</param>
    public sealed record Accepted(string DistinguishedName) : CredentialAnswer;

    /// <param name="Detail">For the log: why, as the directory says it (wrong, expired, locked). Never sent to a client.</param>
    public sealed record Refused(string Detail) : CredentialAnswer;

    /// <summary>The directory was searched whole and has no such user.</summary>
    public sealed record NoSuchUser : CredentialAnswer;

    /// <param name="Detail">For people: what happened, to what. Never a secret, never sent to a client.</param>
    public sealed record Unknown(UnknownReason Reason, string Detail) : CredentialAnswer;
}
