using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace LookupProxy.Directories.File.Watching;

/// <summary>
/// Device, inode and change time, which .NET does not tell. From statx(2), whose structure is the same on every architecture;
/// nothing elsewhere, where length and last write must do.
/// </summary>
internal readonly record struct FileIdentity(ulong Device, ulong Inode, long ChangeSeconds, uint ChangeNanoseconds)
{
    private const int StructureSize = 256, ModeAt = 28, InodeAt = 32, ChangeTimeAt = 96, DeviceAt = 136;
    private const int CurrentDirectory = -100, EmptyPath = 0x1000;
    private const uint BasicStats = 0x7ff;
    private const int TypeMask = 0xF000, RegularFile = 0x8000;

    public static bool TryRead(SafeFileHandle handle, out FileIdentity identity)
    {
        var buffer = new byte[StructureSize];
        identity = default;
        if (!OperatingSystem.IsLinux() || !Try(() => Statx(handle, "", EmptyPath, BasicStats, buffer)))
            return false;
        identity = new FileIdentity(Read<ulong>(buffer, DeviceAt), Read<ulong>(buffer, InodeAt), Read<long>(buffer, ChangeTimeAt), Read<uint>(buffer, ChangeTimeAt + 8));
        return true;
    }

    /// <summary>False for a folder, a pipe, a socket or a device: opening one may wait for ever. True when it cannot be told.</summary>
    public static bool MayBeOpened(string path)
    {
        var buffer = new byte[StructureSize];
        if (!OperatingSystem.IsLinux() || !Try(() => Statx(CurrentDirectory, path, 0, BasicStats, buffer)))
            return true;
        return (Read<ushort>(buffer, ModeAt) & TypeMask) == RegularFile;
    }

    private static bool Try(Func<int> call)
    {
        try
        {
            return call() == 0;
        }
        catch (EntryPointNotFoundException)
        {
            // A C library older than the call.
            return false;
        }
    }

    private static T Read<T>(byte[] buffer, int at)
        where T : struct => MemoryMarshal.Read<T>(buffer.AsSpan(at));

    [DllImport("libc", EntryPoint = "statx"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Statx(SafeFileHandle directory, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, uint mask, [Out] byte[] buffer);

    [DllImport("libc", EntryPoint = "statx"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Statx(int directory, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, uint mask, [Out] byte[] buffer);
}
