using LookupProxy.Directories.File.Reading;

namespace LookupProxy.Directories.File.Watching;

/// <summary>For people, after the file's path.</summary>
internal static class FaultText
{
    public static string Of(Exception exception) => exception switch
    {
        RecipientFileException fault => fault.Message,
        FileNotFoundException or DirectoryNotFoundException => "is not there",
        UnauthorizedAccessException => "may not be read",
        _ => $"cannot be read: {exception.Message}",
    };
}
