namespace LookupProxy.Host.Configuration.Model;

/// <param name="CertificateFile">PEM: the certificate, then those that lead to its authority.</param>
/// <param name="KeyFile">PEM; null when the key is in the certificate's file.</param>
/// <param name="ClientCaFile">PEM: the authorities whose clients may show a certificate; null where none is asked for.</param>
internal sealed record ServerTlsSettings(string CertificateFile, string? KeyFile, string? ClientCaFile = null);
