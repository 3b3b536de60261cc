namespace LookupProxy.Host;

/// <summary>Of all that this project logs. Never reused.</summary>
internal static class EventIds
{
    public const int ConfigurationRead = 5000;
    public const int ConfigurationWarning = 5001;
    public const int DirectoryNotSetUp = 5002;
    public const int Listening = 5003;
    public const int Ready = 5004;
    public const int Stopping = 5005;
    public const int Stopped = 5006;
    public const int StaleSocketRemoved = 5007;
    public const int CertificateReloaded = 5008;
    public const int CertificateNotReloaded = 5009;
    public const int NotifyFailed = 5010;
    public const int HangUp = 5011;
    public const int NotExported = 5012;
    public const int CertificateEnds = 5013;
    public const int NoRoom = 5014;
    public const int FewerConnections = 5015;
    public const int AuthoritiesReloaded = 5030;
    public const int AuthoritiesNotReloaded = 5031;
}
