using System.Security.Cryptography.X509Certificates;

namespace LookupProxy.Host.Configuration;

/// <summary>Between which times a certificate is good.</summary>
internal readonly record struct CertificateTimes(DateTimeOffset From, DateTimeOffset Until)
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(14);

    /// <summary>From when on its end is told of: in the last two weeks, or the last quarter of one that lives for days.</summary>
    public DateTimeOffset EndsSoonFrom => Until - ((Until - From) / 4 is var quarter && quarter < Longest ? quarter : Longest);

    public static CertificateTimes Of(X509Certificate2 certificate) =>
        new(new DateTimeOffset(certificate.NotBefore).ToUniversalTime(), new DateTimeOffset(certificate.NotAfter).ToUniversalTime());
}
