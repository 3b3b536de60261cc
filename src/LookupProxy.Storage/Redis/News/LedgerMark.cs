namespace LookupProxy.Storage.Redis.News;

/// <summary>What a <see cref="NewsLedger"/> has heard at one time.</summary>
/// <param name="Heard">The number of the news heard last.</param>
/// <param name="Notes">How often it was told what its own administrator said.</param>
internal readonly record struct LedgerMark(long Heard, long Notes);
