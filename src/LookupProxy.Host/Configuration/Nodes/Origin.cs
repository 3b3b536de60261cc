namespace LookupProxy.Host.Configuration.Nodes;

/// <summary>Where a value was written.</summary>
/// <param name="Source">A file's path as the operator gave it, or "environment variable NAME".</param>
/// <param name="Line">From 1; 0 when the source has no lines.</param>
/// <param name="Column">From 1; 0 when the source has no lines.</param>
internal readonly record struct Origin(string Source, int Line = 0, int Column = 0)
{
    public bool IsEnvironment => Line == 0 && Source.StartsWith(EnvironmentOverrides.SourcePrefix, StringComparison.Ordinal);

    /// <summary>The form that compilers use and editors follow: file:line:column.</summary>
    public override string ToString() => Line == 0 ? Source : $"{Source}:{Line}:{Column}";
}
