using LookupProxy.Host.Configuration.Values;

namespace LookupProxy.Host.Configuration.Sections;

/// <summary>Three ways to give one secret: in a file, in an environment variable, or in the open with a warning.</summary>
internal sealed class SecretKeys(string what)
{
    private readonly Setting<string?> _plain = Setting.Maybe(what, Secrets.Any);
    private readonly Setting<string?> _file = Setting.Maybe(what + "File", SecretFiles.Any);
    private readonly Setting<string?> _variable = Setting.Maybe(what + "Env", SecretVariables.Any);

    public IReadOnlyList<Setting> All => [_plain, _file, _variable];

    public bool IsGiven(Section section) => All.Any(section.Has);

    /// <returns>Reads the secret anew at each call, so that a changed file takes effect; null when none is given.</returns>
    public Func<string>? Read(Section section)
    {
        var given = All.Where(section.Has).ToList();
        if (given.Count > 1)
            section.At(given[1]).Error($"given besides {given[0].Key}; one is enough");
        var (plain, file, variable) = (section.Get(_plain), section.Get(_file), section.Get(_variable));
        if (section.Has(_plain))
            section.At(_plain).Warning($"a secret in the configuration is seen by all who may read it; use {_file.Key}");
        if (file is not null)
            return FromFile(section, file);
        return (variable ?? plain) is { } secret ? () => secret : null;
    }

    private Func<string> FromFile(Section section, string file)
    {
        if (!OperatingSystem.IsWindows() && File.GetUnixFileMode(file).HasFlag(UnixFileMode.OtherRead))
            section.At(_file).Warning($"{file} may be read by everyone; chmod o-r");
        if (Text(file).Length == 0)
            section.At(_file).Error($"{file} is empty");
        return () => Text(file);
    }

    /// <summary>Without the line's end that editors add.</summary>
    private static string Text(string file) => File.ReadAllText(file).TrimEnd('\r', '\n');
}
