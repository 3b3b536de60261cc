using System.Runtime.Versioning;

// Unix sockets and file modes are tested.
[assembly: SupportedOSPlatform("linux")]
