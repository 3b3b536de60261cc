using LookupProxy.Host.Configuration.Model;
using LookupProxy.Host.Configuration.Values;
using LookupProxy.Resolution.Model;
using LookupProxy.Storage.Redis;
using LookupProxy.Storage.Sqlite;

namespace LookupProxy.Host.Configuration.Sections;

internal sealed class CacheSection : SectionReader<CacheEntry>
{
    private const string FileName = "answers.db";

    private static readonly CacheSettings Defaults = new();
    private static readonly Integers Sheets = new(100, 100_000_000);

    private static readonly Setting<TimeSpan> Exists = Setting.Optional("exists", new Durations(TimeSpan.FromSeconds(1), TimeSpan.FromDays(30)), Defaults.Exists);
    private static readonly Setting<TimeSpan> Absent = Setting.Optional("absent", new Durations(TimeSpan.FromSeconds(1), TimeSpan.FromDays(1)), Defaults.Absent);
    private static readonly Setting<TimeSpan> StaleFor = Setting.Optional("staleFor", new Durations(TimeSpan.Zero, TimeSpan.FromDays(365)), Defaults.StaleFor);
    private static readonly Setting<double> Jitter = Setting.Optional("jitter", new Ratios(0, 0.5), Defaults.Jitter);
    private static readonly Setting<double> RefreshAhead = Setting.Optional("refreshAhead", new Ratios(0, 0.9), Defaults.RefreshAhead);
    private static readonly Setting<int> MaxRefreshing = Setting.Optional("maxRefreshing", new Integers(0, 10_000), Defaults.MaxRefreshing);
    private static readonly Setting<int> MaxExists = Setting.Optional("maxExists", Sheets, Defaults.MaxExists);
    private static readonly Setting<int> MaxAbsent = Setting.Optional("maxAbsent", Sheets, Defaults.MaxAbsent);

    private static readonly Setting<StoreType> Store = Setting.Optional(
        "store", new Choices<StoreType>(("memory", StoreType.Memory), ("sqlite", StoreType.Sqlite), ("redis", StoreType.Redis)), StoreType.Memory, shown: "sqlite with a path, else memory");

    private static readonly Setting<string?> StorePath = Setting.Maybe("path", new FilePaths(mustExist: false, isOurs: true), shown: $"{FileName} in the service's state directory");
    private static readonly Setting<int> MaxStored = Setting.Optional("maxStored", Sheets, SqliteStoreOptions.DefaultMaxStored);

    private static readonly Setting<RedisOptions?> Redis = Setting.Maybe("redis", new RedisSection());

    public override IReadOnlyList<Setting> Inner { get; } =
        [Exists, Absent, StaleFor, Jitter, RefreshAhead, MaxRefreshing, MaxExists, MaxAbsent, Store, StorePath, MaxStored, Redis];

    /// <summary>Of a configuration that says nothing of it.</summary>
    public static CacheEntry Default(ReadContext context) => new(Defaults, Storing(DefaultPath(context), Defaults, SqliteStoreOptions.DefaultMaxStored));

    protected override bool TryBuild(Section section, out CacheEntry value)
    {
        var memory = new CacheSettings
        {
            Exists = section.Get(Exists),
            Absent = section.Get(Absent),
            StaleFor = section.Get(StaleFor),
            Jitter = section.Get(Jitter),
            RefreshAhead = section.Get(RefreshAhead),
            MaxRefreshing = section.Get(MaxRefreshing),
            MaxExists = section.Get(MaxExists),
            MaxAbsent = section.Get(MaxAbsent),
        };
        if (memory.Absent > memory.Exists)
            section.At(Absent).Warning($"longer than exists ({Durations.Write(memory.Exists)}): a new mailbox is rejected for as long");
        value = new CacheEntry(memory, StoreOf(section, memory));
        return true;
    }

    private static StoreSettings StoreOf(Section section, CacheSettings memory)
    {
        var wanted = section.Get(Store);
        var redis = section.Get(Redis);
        if (wanted == StoreType.Redis)
            return Shared(section, redis, memory);
        if (section.Has(Redis))
            section.At(Redis).Warning("means nothing without store: redis");
        if (section.Has(Store) && wanted == StoreType.Memory)
        {
            if (section.Has(StorePath))
                section.At(StorePath).Warning("means nothing with store: memory");
            return new StoreSettings.Memory();
        }

        var path = section.Get(StorePath) ?? DefaultPath(section.Scope.Context);
        if (path is null && section.Has(Store))
            section.At(StorePath).Error($"is needed with store: sqlite where the service has no state directory (${StateDirectory.Variable}, which systemd sets for StateDirectory=)");
        return Storing(path, memory, section.Get(MaxStored));
    }

    private static StoreSettings.Redis Shared(Section section, RedisOptions? redis, CacheSettings memory)
    {
        foreach (var key in ((Setting[])[StorePath, MaxStored]).Where(section.Has))
            section.At(key).Warning("means nothing with store: redis");
        if (!section.Has(Redis))
            section.At(Redis).Error("is needed with store: redis");
        return new StoreSettings.Redis((redis ?? RedisSection.Defaults) with { KeepFor = memory.Exists + memory.StaleFor });
    }

    private static StoreSettings Storing(string? path, CacheSettings memory, int maxStored) =>
        path is null ? new StoreSettings.Memory() : new StoreSettings.Sqlite(new SqliteStoreOptions { Path = path, StaleFor = memory.StaleFor, MaxStored = maxStored });

    private static string? DefaultPath(ReadContext context) => StateDirectory.PathOf(FileName, context);
}
