namespace LookupProxy.TestKit.Fuzzing;

/// <summary>What became of the mutations. A broken promise is an exception, not a number here.</summary>
public sealed record FuzzReport
{
    public long Done { get; internal set; }

    public long NeedMore { get; internal set; }

    public long Faults { get; internal set; }

    /// <summary>Of those compared with the second decoder, how many both took.</summary>
    public long Agreed { get; internal set; }

    /// <summary>The greatest number of octets allocated for one octet received, messages under a kilobyte left out.</summary>
    public double WorstAmplification { get; internal set; }
}
