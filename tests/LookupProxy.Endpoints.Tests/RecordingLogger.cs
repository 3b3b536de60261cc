using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace LookupProxy.Endpoints.Tests;

internal sealed class RecordingLogger<T> : ILogger<T>
{
    public ConcurrentQueue<(LogLevel Level, EventId Id, string Text)> Lines { get; } = [];

    public IEnumerable<string> Loud => Lines.Where(static line => line.Level >= LogLevel.Warning).Select(static line => line.Text);

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Lines.Enqueue((logLevel, eventId, formatter(state, exception)));
}
