namespace LookupProxy.Directories.Ldap.Sighting;

/// <summary>
/// How long a look takes on this server, and what follows from it. Rises to twice its value with one look at most, so that one that had to connect first,
/// or met a busy moment, does not make a quick server a slow one.
/// </summary>
internal readonly record struct SightPace(TimeSpan Time)
{
    /// <summary>Of the first look nothing is known but that it may have had to connect.</summary>
    private static readonly TimeSpan _first = TimeSpan.FromMilliseconds(10);

    private static readonly TimeSpan _quickest = TimeSpan.FromMilliseconds(1);

    private static readonly TimeSpan _slow = TimeSpan.FromMilliseconds(250);

    /// <summary>Above the time limit that the search itself carries.</summary>
    private static readonly TimeSpan _mostPatience = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan _leastPatience = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan _longest = TimeSpan.FromMinutes(5);

    /// <summary>Somebody seen so long ago tells nothing, however slow a look is: those that were begun since have told nothing, or none was.</summary>
    public static readonly TimeSpan Outdated = TimeSpan.FromMinutes(10);

    /// <summary>It has to read much of the directory: where somebody was seen before, nobody waits for it.</summary>
    public bool IsSlow => Time > _slow;

    /// <summary>How long a look that saw somebody is good for: a tenth of one search at a time is spent on looking, a hundredth where it is slow.</summary>
    public TimeSpan GoodFor => Shorter(Time * (IsSlow ? 100 : 10), _longest);

    /// <summary>One that saw nobody is soon repeated, since nothing is answered until then.</summary>
    public TimeSpan BlindFor => Time * 3;

    public static SightPace After(SightPace? last, TimeSpan took) =>
        new(Longer(_quickest, Shorter(took, last is { } known ? known.Time * 2 : _first)));

    /// <summary>So that a look that hangs is soon given up where others were quick.</summary>
    public static TimeSpan PatienceAfter(SightPace? last) =>
        last is { } known ? Shorter(Longer(known.Time * 4, _leastPatience), _mostPatience) : _mostPatience;

    private static TimeSpan Shorter(TimeSpan left, TimeSpan right) => left < right ? left : right;

    private static TimeSpan Longer(TimeSpan left, TimeSpan right) => left > right ? left : right;
}
