using Microsoft.Win32.SafeHandles;

namespace LookupProxy.Directories.File.Watching;

/// <summary>What tells one state of a file from another: a write changes length or times, a rename or a link that is swapped changes the identity.</summary>
internal readonly record struct FileStamp(long Length, DateTime LastWriteUtc, FileIdentity Identity)
{
    /// <summary>Of the open file, whatever its path has come to mean since.</summary>
    public static FileStamp Of(SafeFileHandle handle)
    {
        FileIdentity.TryRead(handle, out var identity);
        return new FileStamp(RandomAccess.GetLength(handle), System.IO.File.GetLastWriteTimeUtc(handle), identity);
    }
}
