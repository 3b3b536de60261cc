using System.Collections.Immutable;
using LookupProxy.Resolution.Caching;
using LookupProxy.Resolution.Health;

namespace LookupProxy.Resolution.Guarding;

/// <summary>What a directory's servers together are believed: since when absences count, who is known to have been there, what alarms are open.</summary>
internal sealed class DirectoryTrust(string directory, SheetClock clock, AlarmBook alarms)
{
    private readonly Lock _gate = new();
    private ImmutableSortedDictionary<(string Alarm, string Server), string> _complaints = ImmutableSortedDictionary<(string, string), string>.Empty;
    private long _absencesCountFrom = long.MinValue;
    private long _acceptedAt = long.MinValue;

    public string Directory => directory;

    public KnownPeople People { get; } = new();

    /// <summary>An absence counts when its question was put at this time or later. Ticks.</summary>
    public long AbsencesCountFrom => Interlocked.Read(ref _absencesCountFrom);

    /// <summary>Who is gone and was seen before this, is gone with the administrator's knowledge. Ticks.</summary>
    public long AcceptedAt => Interlocked.Read(ref _acceptedAt);

    /// <summary>Absences heard so far, wherever they are kept, count no more.</summary>
    public void Distrust() => Interlocked.Exchange(ref _absencesCountFrom, clock.Now);

    public void Accept()
    {
        Interlocked.Exchange(ref _acceptedAt, clock.Now);
        People.Clear();
    }

    public void Complain(string alarm, string server, string text)
    {
        lock (_gate)
        {
            _complaints = _complaints.SetItem((alarm, server), text);
            Tell_NeedsLock(alarm, "");
        }
    }

    public void Withdraw(string alarm, string server, string why)
    {
        lock (_gate)
        {
            _complaints = _complaints.Remove((alarm, server));
            Tell_NeedsLock(alarm, why);
        }
    }

    /// <summary>One alarm of a kind for a directory, whichever of its servers it is about. The book's lock is inside this one, never the other way round.</summary>
    private void Tell_NeedsLock(string alarm, string why)
    {
        var texts = _complaints.Where(complaint => complaint.Key.Alarm == alarm).Select(static complaint => complaint.Value).ToArray();
        if (texts.Length == 0)
            alarms.Close(alarm, directory, why);
        else
            alarms.Open(alarm, directory, string.Join(' ', texts));
    }
}
