namespace LookupProxy.SystemTests.Injection;

/// <summary>A time without faults, to compare with; by timestamps.</summary>
internal readonly record struct CalmSpell(long From, long Until);
