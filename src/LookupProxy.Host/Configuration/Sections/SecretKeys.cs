using LookupProxy.Host.Configuration.Values;

namespace LookupProxy.Host.Configuration.Sections;

/// <summary>Three ways to give one secret: in a file, in an environment variable, or in the open with a warning.</summary>
/// <param name="complaint">Why a text cannot be this secret; repeats nothing of it.</param>
internal sealed class SecretKeys(string what, Func<string, string?>? complaint = null)
{
    /// <summary>What reading puts in the place of octets that are no UTF-8.</summary>
    public const char NotUtf8 = '\uFFFD';

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
        if ((variable ?? plain) is not { } secret)
            return null;
        if (complaint?.Invoke(secret) is { } fault)
            section.At(plain is null ? _variable : _plain).Error($"what is given {fault}");
        return () => secret;
    }

    private Func<string> FromFile(Section section, string file)
    {
        if (FileReadability.IsForEveryone(file))
            section.At(_file).Warning($"{file} may be read by everyone; chmod o-r");
        var text = Text(file);
        if (text.Length == 0)
            section.At(_file).Error($"{file} is empty");
        else if (text.Contains(NotUtf8))
            section.At(_file).Error($"{file} is not UTF-8; what is read of it is not what was written");
        else if (complaint?.Invoke(text) is { } fault)
            section.At(_file).Error($"what is in {file} {fault}");
        else if (text.AsSpan().ContainsAny('\r', '\n'))
            section.At(_file).Warning($"{file} has several lines; all of them together are taken for the {what}");
        return () => Text(file);
    }

    /// <summary>Without the line's end that editors add.</summary>
    private static string Text(string file) => File.ReadAllText(file).TrimEnd('\r', '\n');
}
