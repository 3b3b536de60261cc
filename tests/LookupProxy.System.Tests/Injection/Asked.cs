namespace LookupProxy.SystemTests.Injection;

/// <summary>One question and what came of it.</summary>
/// <param name="At">Timestamp of the question.</param>
/// <param name="Until">Timestamp of the answer.</param>
/// <param name="WasSeen">It had been accepted before this question was asked.</param>
internal readonly record struct Asked(long At, long Until, TimeSpan Took, Holder Holder, bool WasSeen, Outcome Outcome, int Number);
