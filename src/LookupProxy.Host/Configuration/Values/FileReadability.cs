namespace LookupProxy.Host.Configuration.Values;

internal static class FileReadability
{
    /// <summary>For files that hold a secret.</summary>
    public static bool IsForEveryone(string path) => !OperatingSystem.IsWindows() && File.GetUnixFileMode(path).HasFlag(UnixFileMode.OtherRead);

    /// <returns>Why this process cannot read the file; null when it can.</returns>
    public static string? Complaint(string path)
    {
        if (Directory.Exists(path))
            return "is a directory";
        try
        {
            using var _ = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return null;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return "does not exist";
        }
        catch (UnauthorizedAccessException)
        {
            return $"may not be read by {Environment.UserName}";
        }
        catch (IOException)
        {
            return "cannot be read";
        }
    }
}
