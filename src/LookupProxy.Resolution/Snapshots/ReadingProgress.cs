namespace LookupProxy.Resolution.Snapshots;

/// <summary>How far a reading is. Replaced whole at every page.</summary>
internal sealed record ReadingProgress(long Recipients, long? Expected);
