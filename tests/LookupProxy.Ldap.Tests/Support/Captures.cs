using LookupProxy.Ldap.Messages;
using LookupProxy.TestKit.Fuzzing;

namespace LookupProxy.Ldap.Tests.Support;

internal static class Captures
{
    public static IReadOnlyList<string> Names { get; } =
        [.. Directory.EnumerateFiles(Folder(), "*.ber").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal)];

    public static byte[] Read(string name) => File.ReadAllBytes(Path.Combine(Folder(), name + ".ber"));

    public static IEnumerable<byte[]> Pdus(string name) => LdapPdus.Split(Path.Combine(Folder(), name + ".ber"));

    /// <summary>The text beside a capture. A new capture has none: it is written into the output folder, for somebody to read and keep, and the test fails.</summary>
    public static string Expected(string name, IEnumerable<LdapMessage> messages)
    {
        var path = Path.Combine(Folder(), name + ".txt");
        if (File.Exists(path))
            return File.ReadAllText(path).ReplaceLineEndings("\n");
        File.WriteAllText(path, string.Join('\n', messages.Select(Wire.Dump)) + "\n");
        return "read " + path;
    }

    private static string Folder() => Path.Combine(AppContext.BaseDirectory, "Captures");
}
