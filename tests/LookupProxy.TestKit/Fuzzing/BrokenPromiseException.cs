namespace LookupProxy.TestKit.Fuzzing;

/// <summary>A promise that the codec broke, with the bytes that did it.</summary>
public sealed class BrokenPromiseException(string promise, ulong mutation, byte[] bytes, Exception? cause = null)
    : Exception($"{promise}; mutation {mutation}: {Convert.ToHexStringLower(bytes)}", cause);
