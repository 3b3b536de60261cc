namespace LookupProxy.SystemTests.Processes;

/// <summary>A folder of a test's own. Others may pass through it: Postfix and slapd give up root.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public TemporaryFolder(string name)
    {
        FullName = Directory.CreateTempSubdirectory($"lookupproxy-{name}-").FullName;
        System.IO.File.SetUnixFileMode(FullName, (UnixFileMode)0b111_101_101);
    }

    public string FullName { get; }

    public string File(string name) => Path.Combine(FullName, name);

    public string Write(string name, string text)
    {
        var path = File(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        System.IO.File.WriteAllText(path, text);
        return path;
    }

    public string Folder(string name) => Directory.CreateDirectory(File(name)).FullName;

    public void Dispose() => Directory.Delete(FullName, recursive: true);
}
