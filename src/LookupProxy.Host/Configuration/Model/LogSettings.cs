using Microsoft.Extensions.Logging;

namespace LookupProxy.Host.Configuration.Model;

internal enum LogFormat
{
    Text,
    Json,
}

internal sealed record LogSettings
{
    public LogLevel Level { get; init; } = LogLevel.Information;

    public LogFormat Format { get; init; } = LogFormat.Text;
}
