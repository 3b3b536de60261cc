namespace LookupProxy.Resolution.Federation;

internal enum RulingKind
{
    Undecided,
    Valid,
    Invalid,
}
