namespace LookupProxy.Resolution.Snapshots;

/// <summary>A copy holds 4 GiB of text at most: some 80 million recipients.</summary>
internal sealed class CopyFullException() : Exception("the copy would be larger than 4 GiB");
