using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using LookupProxy.Host.Configuration.Values;

namespace LookupProxy.Host.Configuration.Sections;

/// <summary>What can be said of certificate files before they are used.</summary>
internal static class Certificates
{
    /// <param name="mustHoldRoot">Whether one that others have issued is not trusted by itself.</param>
    public static void CheckAuthorities(string file, ReadScope scope, bool mustHoldRoot = false)
    {
        var authorities = new X509Certificate2Collection();
        try
        {
            authorities.ImportFromPemFile(file);
        }
        catch (CryptographicException e)
        {
            scope.Error($"{file} holds no PEM certificates: {e.Message}");
            return;
        }

        if (authorities.Count == 0)
            scope.Error($"{file} holds no PEM certificates");
        else if (mustHoldRoot && !authorities.Any(IsRoot))
            scope.Error($"{file} holds no certificate of a root authority: {authorities[0].Subject} was issued by {authorities[0].Issuer}; add that one's");
        foreach (var authority in authorities)
        {
            using (authority)
                CheckTimes(authority, file, scope);
        }
    }

    /// <param name="keyFile">Null when the key is in the certificate's file.</param>
    public static void CheckPair(string certificateFile, string? keyFile, ReadScope scope)
    {
        try
        {
            using var certificate = X509Certificate2.CreateFromPemFile(certificateFile, keyFile);
            CheckTimes(certificate, certificateFile, scope);
            if (FileReadability.IsForEveryone(keyFile ?? certificateFile))
                scope.Warning($"{keyFile ?? certificateFile} holds the key and may be read by everyone; chmod o-r");
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            scope.Error($"{certificateFile} and {keyFile ?? "the key in it"} are no PEM certificate with its key: {e.Message}");
        }
    }

    private static bool IsRoot(X509Certificate2 certificate) => certificate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData);

    /// <summary>Only warnings: an expired certificate may be replaced at any time, and stops nothing else.</summary>
    private static void CheckTimes(X509Certificate2 certificate, string file, ReadScope scope)
    {
        var now = scope.Context.Time.GetUtcNow();
        var times = CertificateTimes.Of(certificate);
        if (now > times.Until)
            scope.Warning($"the certificate {certificate.Subject} in {file} expired on {times.Until:yyyy-MM-dd}");
        else if (now < times.From)
            scope.Warning($"the certificate {certificate.Subject} in {file} is not valid before {times.From:yyyy-MM-dd}");
        else if (now >= times.EndsSoonFrom)
            scope.Warning($"the certificate {certificate.Subject} in {file} expires on {times.Until:yyyy-MM-dd}");
    }
}
