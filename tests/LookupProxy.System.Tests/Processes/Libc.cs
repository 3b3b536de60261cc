using System.Runtime.InteropServices;

namespace LookupProxy.SystemTests.Processes;

/// <summary>The one system call that .NET does not offer.</summary>
internal static partial class Libc
{
    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Kill(int pid, int signal);

    public static void SendSignal(int pid, Signal signal) => Kill(pid, (int)signal);

    /// <summary>To every process of the group. Not having one any more is no error: the group may just have ended.</summary>
    public static void SendSignalToGroup(int groupId, Signal signal) => Kill(-groupId, (int)signal);

    public static bool GroupIsAlive(int groupId) => Kill(-groupId, 0) == 0;
}
