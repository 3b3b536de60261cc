namespace LookupProxy.Resolution.Guarding;

internal enum FindingKind
{
    Well,

    /// <summary>The server can't be asked.</summary>
    Unanswered,

    /// <summary>Hardly any of the few who are known are there.</summary>
    Doubtful,

    /// <summary>It lost people and has some of them again, not all: more may be on their way.</summary>
    Returning,

    /// <summary>Many are gone.</summary>
    MassAbsence,
}
