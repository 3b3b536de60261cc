namespace LookupProxy.SystemTests.Injection;

/// <summary>One question and what came of it.</summary>
/// <param name="At">Timestamp of the question.</param>
/// <param name="WasSeen">It had been accepted before this question was asked.</param>
internal readonly record struct Asked(long At, TimeSpan Took, Holder Holder, bool WasSeen, Outcome Outcome, int Number);
