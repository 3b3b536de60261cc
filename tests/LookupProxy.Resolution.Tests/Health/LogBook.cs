using Microsoft.Extensions.Logging;

namespace LookupProxy.Resolution.Tests.Health;

/// <summary>Keeps what is logged.</summary>
internal sealed class LogBook : ILoggerFactory, ILogger
{
    private readonly List<(LogLevel Level, int Id, string Text)> _entries = [];

    public IReadOnlyList<(LogLevel Level, int Id, string Text)> Entries => _entries;

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (_entries)
            _entries.Add((logLevel, eventId.Id, formatter(state, exception)));
    }

    public void Dispose()
    {
    }
}
