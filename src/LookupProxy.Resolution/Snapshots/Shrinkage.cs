namespace LookupProxy.Resolution.Snapshots;

/// <param name="Lost">Recipients of the copy with none of their addresses in the reading.</param>
/// <param name="Before">Recipients of the copy.</param>
/// <param name="Left">Recipients of the reading.</param>
internal sealed record Shrinkage(int Lost, int Before, int Left);
