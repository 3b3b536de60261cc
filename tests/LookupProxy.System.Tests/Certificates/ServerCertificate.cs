namespace LookupProxy.SystemTests.Certificates;

/// <summary>PEM texts.</summary>
internal sealed record ServerCertificate(string Certificate, string Key, string Authority);
