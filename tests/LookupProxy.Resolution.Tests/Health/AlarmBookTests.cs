using LookupProxy.Resolution.Health;
using LookupProxy.TestKit.Time;
using Microsoft.Extensions.Logging;

namespace LookupProxy.Resolution.Tests.Health;

public sealed class AlarmBookTests : IDisposable
{
    private readonly ManualTimeProvider _time = new();
    private readonly LogBook _log = new();
    private readonly AlarmBook _alarms;

    public AlarmBookTests() => _alarms = new AlarmBook(_time, _log);

    public void Dispose() => _log.Dispose();

    [Fact]
    public void An_alarm_stays_the_same_while_its_text_changes()
    {
        var since = _time.GetUtcNow();
        _alarms.Open("mass-absence", "contoso", "one");
        _time.Advance(TimeSpan.FromMinutes(1));
        _alarms.Open("mass-absence", "contoso", "two");
        _alarms.Open("mass-absence", "fabrikam", "three");
        Assert.Equal([("contoso", "two", since), ("fabrikam", "three", _time.GetUtcNow())], _alarms.Current.Select(static alarm => (alarm.Subject, alarm.Text, alarm.Since)));
    }

    [Fact]
    public void The_log_tells_each_alarm_once_as_it_opens_and_as_it_closes()
    {
        _alarms.Open("mass-absence", "contoso", "one");
        _alarms.Open("mass-absence", "contoso", "two");
        _alarms.Close("mass-absence", "contoso", "they are back");
        _alarms.Close("mass-absence", "contoso", "they are back");
        Assert.Empty(_alarms.Current);
        Assert.Equal([(LogLevel.Warning, EventIds.AlarmOpened), (LogLevel.Warning, EventIds.AlarmClosed)], _log.Entries.Select(static entry => (entry.Level, entry.Id)));
    }
}
