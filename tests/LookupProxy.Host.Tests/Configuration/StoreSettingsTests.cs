using LookupProxy.Host.Configuration.Model;

namespace LookupProxy.Host.Tests.Configuration;

/// <summary>Where answers are stored when the configuration says so, and when it says nothing.</summary>
public sealed class StoreSettingsTests : IDisposable
{
    private readonly ConfigurationText _text = new();

    public void Dispose() => _text.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("cache: { exists: 2h }")]
    [InlineData("cache: { store: memory }")]
    public void Where_the_service_has_no_state_directory_nothing_is_stored(string cache) =>
        Assert.IsType<StoreSettings.Memory>(_text.Valid(ConfigurationText.Minimal + cache).Store);

    [Theory]
    [InlineData("")]
    [InlineData("cache: { staleFor: 7d }")]
    [InlineData("cache: { store: sqlite }")]
    public void Where_systemd_gives_a_state_directory_answers_are_stored_there(string cache)
    {
        _text.Environment["STATE_DIRECTORY"] = "/var/lib/lookupproxy:/var/lib/other";

        var store = Assert.IsType<StoreSettings.Sqlite>(_text.Valid(ConfigurationText.Minimal + cache).Store);
        Assert.Equal("/var/lib/lookupproxy/answers.db", store.Options.Path);
        Assert.Equal(TimeSpan.FromDays(7), store.Options.StaleFor);
    }

    [Fact]
    public void The_number_of_a_files_addresses_is_kept_there_too()
    {
        Assert.Null(Assert.IsType<DirectorySettings.File>(Assert.Single(_text.Valid(ConfigurationText.Minimal).Directories)).Options.CountPath);
        _text.Environment["STATE_DIRECTORY"] = "/var/lib/lookupproxy";
        Assert.Equal(
            "/var/lib/lookupproxy/contoso.count", Assert.IsType<DirectorySettings.File>(Assert.Single(_text.Valid(ConfigurationText.Minimal).Directories)).Options.CountPath);
    }

    [Theory]
    [InlineData("cache: { path: state/kept.db, staleFor: 2d, maxStored: 1000 }")]
    [InlineData("cache: { store: sqlite, path: state/kept.db, staleFor: 2d, maxStored: 1000 }")]
    public void A_path_is_enough_to_store(string cache)
    {
        var store = Assert.IsType<StoreSettings.Sqlite>(_text.Valid(ConfigurationText.Minimal + cache).Store);

        Assert.Equal(Path.Combine(_text.Folder, "state/kept.db"), store.Options.Path);
        Assert.Equal(TimeSpan.FromDays(2), store.Options.StaleFor);
        Assert.Equal(1000, store.Options.MaxStored);
    }

    [Fact]
    public void What_asks_for_a_store_without_a_place_for_it_is_wrong() =>
        Assert.Contains("cache.path: is needed", Assert.Single(_text.Faults(ConfigurationText.Minimal + "cache: { store: sqlite }")), StringComparison.Ordinal);

    [Fact]
    public void A_path_that_means_nothing_is_told() =>
        Assert.Contains("cache.path: means nothing", Assert.Single(_text.Faults(ConfigurationText.Minimal + "cache: { store: memory, path: kept.db }")), StringComparison.Ordinal);
}
