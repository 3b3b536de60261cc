namespace LookupProxy.Core.Health;

/// <summary>Something that an administrator must look at, and that stays until it is mended or accepted.</summary>
/// <param name="Name">For programs: canary-missing, canary-found, mass-absence, snapshot-shrunk, store-down, …</param>
/// <param name="Subject">The directory or store it is about.</param>
/// <param name="Text">For people: what happened, what it means for mail, what to do.</param>
public sealed record Alarm(string Name, string Subject, string Text, DateTimeOffset Since);
