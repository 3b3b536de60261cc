using LookupProxy.Core.Addresses;
using LookupProxy.Resolution.Caching;

namespace LookupProxy.Resolution.Federation;

/// <summary>What is known at one instant: the sheet, and what the directories asked in a flight could not say.</summary>
/// <param name="Address">In its canonical form: the sheet's.</param>
/// <param name="Failures">By directory; empty without a flight.</param>
/// <param name="StartedAt">The flight's start; the lookup's own without a flight.</param>
/// <param name="Decisions">How often so far an answer could have decided.</param>
/// <param name="Settled">Nothing more will come.</param>
internal readonly record struct FlightView(AnswerSheet Sheet, Address Address, Failure?[] Failures, long StartedAt, int Decisions, bool Settled);
