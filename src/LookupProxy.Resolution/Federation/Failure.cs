using LookupProxy.Core.Recipients;

namespace LookupProxy.Resolution.Federation;

/// <summary>A directory that was asked in a flight and could not say.</summary>
/// <param name="At">When it failed.</param>
/// <param name="Took">Ticks.</param>
internal sealed record Failure(Answer.Unknown Answer, long At, long Took);
