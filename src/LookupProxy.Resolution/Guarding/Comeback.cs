namespace LookupProxy.Resolution.Guarding;

/// <summary>Of those whom a server had lost.</summary>
internal enum Comeback
{
    /// <summary>Some are still to come.</summary>
    UnderWay,

    /// <summary>All are there again.</summary>
    Complete,

    /// <summary>Nobody has come back for a while: who is not there has left.</summary>
    Over,
}
