namespace LookupProxy.Storage.Redis;

public sealed record RedisTlsOptions
{
    /// <summary>PEM: the authorities to trust instead of the system's.</summary>
    public string? CaFile { get; init; }

    /// <summary>The name to look for in the servers' certificates; null: the one that each endpoint is called by.</summary>
    public string? ServerName { get; init; }

    /// <summary>PEM: the client certificate.</summary>
    public string? CertificateFile { get; init; }

    /// <summary>PEM; null when the key is in the certificate's file.</summary>
    public string? KeyFile { get; init; }
}
