using LookupProxy.Host.Configuration.Model;
using LookupProxy.Host.Configuration.Values;
using Microsoft.Extensions.Logging;

namespace LookupProxy.Host.Configuration.Sections;

internal sealed class LogSection : SectionReader<LogSettings>
{
    private static readonly LogSettings Defaults = new();

    private static readonly Setting<LogLevel> Level = Setting.Optional(
        "level",
        new Choices<LogLevel>(
            ("trace", LogLevel.Trace), ("debug", LogLevel.Debug), ("information", LogLevel.Information), ("warning", LogLevel.Warning), ("error", LogLevel.Error)),
        Defaults.Level);

    private static readonly Setting<LogFormat> Format = Setting.Optional(
        "format", new Choices<LogFormat>(("text", LogFormat.Text), ("json", LogFormat.Json)), Defaults.Format);

    public override IReadOnlyList<Setting> Inner { get; } = [Level, Format];

    protected override bool TryBuild(Section section, out LogSettings value)
    {
        value = new LogSettings { Level = section.Get(Level), Format = section.Get(Format) };
        return true;
    }
}
