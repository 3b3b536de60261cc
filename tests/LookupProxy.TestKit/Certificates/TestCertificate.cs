using System.Security.Cryptography.X509Certificates;

namespace LookupProxy.TestKit.Certificates;

/// <summary>A certificate with its key, in memory and as two PEM files.</summary>
public sealed record TestCertificate(X509Certificate2 Certificate, string CertificateFile, string KeyFile);
