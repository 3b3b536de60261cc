using System.Reflection;
using LookupProxy.Host.Configuration;

namespace LookupProxy.Host.Tests.Configuration;

/// <summary>config/README.md has a line for each setting, and each says what the code does.</summary>
public sealed class DocumentedSettingsTests
{
    private static readonly string[] Lines = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "config", "README.md"));

    [Fact]
    public void Every_setting_is_documented_with_its_default_and_what_is_allowed()
    {
        var documented = Lines.Where(static line => line.StartsWith("| `", StringComparison.Ordinal)).ToArray();

        Assert.All(SettingCatalogue.All, entry => Assert.Single(documented, line => line.StartsWith(Row(entry.Path, entry.Setting.Default, entry.Setting.Allowed), StringComparison.Ordinal)));
        Assert.Equal(SettingCatalogue.All.Count(), documented.Length);
    }

    [Fact]
    public void Every_setting_is_explained() =>
        Assert.All(Lines.Where(static line => line.StartsWith("| `", StringComparison.Ordinal)), static line => Assert.Matches(@"\| [^|]{8,} \|$", line));

    [Fact]
    public void Every_exit_code_is_documented()
    {
        var codes = typeof(ExitCode).GetFields(BindingFlags.Public | BindingFlags.Static).Select(static field => $"| {field.GetRawConstantValue()} | ");

        Assert.All(codes, static code => Assert.Single(Lines, line => line.StartsWith(code, StringComparison.Ordinal)));
    }

    private static string Row(string path, string @default, string allowed) => $"| `{path}` | {Escaped(@default)} | {Escaped(allowed)} | ";

    private static string Escaped(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
