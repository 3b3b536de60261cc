namespace LookupProxy.Directories.File.Watching;

/// <summary>A state of the file that is refused because it has lost too many addresses.</summary>
/// <param name="What">For people, after the file's path.</param>
internal sealed record ShrunkFile(FileStamp Stamp, string What, DateTimeOffset Since);
