using LookupProxy.SystemTests.Certificates;

namespace LookupProxy.SystemTests.Slapd;

internal sealed record SlapdOptions
{
    public const string DefaultAccess = "access to * by users read by anonymous auth by * none";

    public required string Suffix { get; init; }

    /// <summary>Entries below the suffix, LDIF. The suffix's own entry and the service account are made.</summary>
    public required string Ldif { get; init; }

    /// <summary>With one, the TLS port is opened and StartTLS offered.</summary>
    public ServerCertificate? Certificate { get; init; }

    /// <summary>slapd.access(5) lines.</summary>
    public string Access { get; init; } = DefaultAccess;

    public string ServicePassword { get; init; } = OpenLdap.ServicePassword;

    /// <summary>The plain protocol where TLS is expected.</summary>
    public bool PlainOnTlsPort { get; init; }

    /// <summary>More lines of slapd.conf(5), before the database.</summary>
    public string GlobalSettings { get; init; } = "";

    /// <summary>More lines of slapd.conf(5), of the database: limits, overlays.</summary>
    public string DatabaseSettings { get; init; } = "";
}
