using LookupProxy.Core.Recipients;

namespace LookupProxy.Resolution.Health;

/// <summary>The tags of a namespace's lookups, made once: a lookup from memory allocates none.</summary>
internal sealed class LookupTags
{
    private static readonly int Sources = Enum.GetValues<LookupSource>().Length;

    private readonly KeyValuePair<string, object?>[][] _tags;

    public LookupTags(string? ns)
    {
        _tags = new KeyValuePair<string, object?>[4 * Sources][];
        foreach (var kind in Enum.GetValues<VerdictKind>())
        {
            foreach (var source in Enum.GetValues<LookupSource>())
                _tags[Index(kind, source)] = Make(ns, kind, source);
        }
    }

    /// <summary>Of lookups in no namespace.</summary>
    public static LookupTags NotOurs { get; } = new(null);

    public ReadOnlySpan<KeyValuePair<string, object?>> For(VerdictKind kind, LookupSource source) => _tags[Index(kind, source)];

    private static int Index(VerdictKind kind, LookupSource source) => ((int)kind * Sources) + (int)source;

    private static KeyValuePair<string, object?>[] Make(string? ns, VerdictKind kind, LookupSource source)
    {
        var verdict = new KeyValuePair<string, object?>("verdict", MetricWords.Of(kind));
        var from = new KeyValuePair<string, object?>("source", MetricWords.Of(source));
        return ns is null ? [verdict, from] : [new("namespace", ns), verdict, from];
    }
}
