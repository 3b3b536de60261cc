namespace LookupProxy.Resolution.Guarding;

internal enum FindingKind
{
    Well,

    /// <summary>The server can't be asked.</summary>
    Unanswered,

    /// <summary>Hardly any of the few who are known are there.</summary>
    Doubtful,

    /// <summary>Many are gone.</summary>
    MassAbsence,
}
