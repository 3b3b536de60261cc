namespace LookupProxy.SystemTests.Injection;

/// <summary>One question and what came of it.</summary>
/// <param name="At">Timestamp of the question.</param>
/// <param name="Until">Timestamp of the answer.</param>
/// <param name="WasSeen">The node had accepted it well before this question was asked.</param>
/// <param name="WasNew">No node had accepted it.</param>
internal readonly record struct Asked(long At, long Until, TimeSpan Took, Holder Holder, bool WasSeen, bool WasNew, Outcome Outcome, int Number);
