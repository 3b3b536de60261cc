using System.Collections.Immutable;
using LookupProxy.Core.Health;
using Microsoft.Extensions.Logging;

namespace LookupProxy.Resolution.Health;

/// <summary>The alarms that are open, told in the log as they open and close.</summary>
internal sealed class AlarmBook(TimeProvider time, ILogger logger) : IAlarmSource
{
    private readonly Lock _gate = new();
    private ImmutableArray<Alarm> _open = [];

    public ImmutableArray<Alarm> Current
    {
        get
        {
            lock (_gate)
                return _open;
        }
    }

    /// <summary>One that is open already takes the new text and stays the same alarm.</summary>
    public void Open(string name, string subject, string text)
    {
        lock (_gate)
        {
            if (Find_NeedsLock(name, subject) is { } known)
            {
                _open = _open.Replace(known, known with { Text = text });
                return;
            }

            _open = _open.Add(new Alarm(name, subject, text, time.GetUtcNow()));
        }

        ResolutionLog.AlarmOpened(logger, name, subject, text);
    }

    public void Close(string name, string subject, string why)
    {
        Alarm closed;
        lock (_gate)
        {
            if (Find_NeedsLock(name, subject) is not { } known)
                return;
            _open = _open.Remove(known);
            closed = known;
        }

        ResolutionLog.AlarmClosed(logger, name, subject, time.GetUtcNow() - closed.Since, why);
    }

    private Alarm? Find_NeedsLock(string name, string subject) => _open.FirstOrDefault(alarm => alarm.Name == name && alarm.Subject == subject);
}
