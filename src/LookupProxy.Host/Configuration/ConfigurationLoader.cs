using LookupProxy.Host.Configuration.Faults;
using LookupProxy.Host.Configuration.Model;
using LookupProxy.Host.Configuration.Nodes;
using LookupProxy.Host.Configuration.Sections;
using LookupProxy.Host.Configuration.Values;

namespace LookupProxy.Host.Configuration;

/// <summary>From a file's path to a whole, checked configuration, or to everything that is wrong with it.</summary>
internal sealed class ConfigurationLoader(IReadOnlyDictionary<string, string> environment, TimeProvider time)
{
    /// <summary>Far above any configuration; what is larger is some other file.</summary>
    private const int MaxBytes = 16 * 1024 * 1024;

    private static readonly RootSection Root = new();

    /// <summary>All settings there are.</summary>
    public static IReadOnlyList<Setting> Settings => Root.Inner;

    /// <param name="file">As the operator gave it; faults repeat it so.</param>
    public ConfigurationOutcome Load(string file)
    {
        var faults = new FaultList();
        var configuration = ReadText(file, faults) is { } text ? Read(file, text, faults) : null;
        return new ConfigurationOutcome(file, faults.HasErrors ? null : configuration, faults.Sorted);
    }

    private HostConfiguration? Read(string file, string text, FaultList faults)
    {
        if (YamlText.Read(text, file, faults) is not { } node)
            return null;
        node = EnvironmentOverrides.Apply(node, environment);
        var context = new ReadContext(faults, Path.GetDirectoryName(Path.GetFullPath(file))!, environment, time);
        return Root.TryRead(node, new ReadScope(context, "", "", new Origin(file, 1, 1)), out var configuration) ? configuration : null;
    }

    private static string? ReadText(string file, FaultList faults)
    {
        try
        {
            var info = new FileInfo(file);
            if (info.Exists && info.Length > MaxBytes)
                faults.Error(new Origin(file), "", $"larger than {MaxBytes} octets: this is no configuration");
            else
                return Decoded(File.ReadAllText(file), file, faults);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            faults.Error(new Origin(file), "", FileReadability.Complaint(file) ?? $"cannot be read: {e.Message}");
        }

        return null;
    }

    /// <summary>Null, and a fault where it begins, when octets of the file are no UTF-8: a name or a password would be another one than was written.</summary>
    private static string? Decoded(string text, string file, FaultList faults)
    {
        var at = text.IndexOf(SecretKeys.NotUtf8, StringComparison.Ordinal);
        if (at < 0)
            return text;
        var before = text.AsSpan(0, at);
        faults.Error(new Origin(file, before.Count('\n') + 1, at - before.LastIndexOf('\n')), "", "not UTF-8; save the file in that encoding");
        return null;
    }
}
