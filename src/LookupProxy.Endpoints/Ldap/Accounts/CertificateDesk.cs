using System.Security.Cryptography.X509Certificates;
using System.Text;
using LookupProxy.Ldap.Messages;
using LookupProxy.Ldap.Names;

namespace LookupProxy.Endpoints.Ldap.Accounts;

/// <summary>SASL EXTERNAL (RFC 4422 A, RFC 4513 5.2.3): the client's certificate says who it is.</summary>
internal sealed class CertificateDesk
{
    private readonly Dictionary<DistinguishedName, LdapAccountOptions> _accounts = [];

    /// <exception cref="ArgumentException">A subject is no distinguished name, or two accounts have the same.</exception>
    public CertificateDesk(LdapOptions options)
    {
        foreach (var account in options.Accounts.Where(static account => account.CertificateSubject is not null))
        {
            if (!DistinguishedName.TryParse(account.CertificateSubject!, out var subject))
                throw new ArgumentException($"'{account.CertificateSubject}' is no distinguished name.", nameof(options));
            _accounts.Add(subject, account);
        }
    }

    /// <param name="identity">The authorization identity asked for; empty for the certificate's own.</param>
    public BindOutcome Check(X509Certificate? certificate, ReadOnlySpan<byte> identity)
    {
        if (certificate is null)
            return BindOutcome.Of(ResultCode.InappropriateAuthentication, "no client certificate was shown");
        if (!DistinguishedName.TryParse(certificate.Subject, out var subject) || !_accounts.TryGetValue(subject, out var account))
            return BindOutcome.Of(ResultCode.InvalidCredentials, "");
        return IsOf(account, Encoding.UTF8.GetString(identity)) ? new BindOutcome(new LdapResult(ResultCode.Success), account) : BindOutcome.Of(ResultCode.InvalidCredentials, "");
    }

    private static bool IsOf(LdapAccountOptions account, string identity)
    {
        if (identity.Length == 0)
            return true;
        var name = identity.StartsWith("dn:", StringComparison.Ordinal) ? identity[3..] : identity.StartsWith("u:", StringComparison.Ordinal) ? identity[2..] : null;
        return name is not null && AccountName.Normalise(name) == AccountName.Normalise(account.Name);
    }
}
