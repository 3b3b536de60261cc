using LookupProxy.Core.Recipients;

namespace LookupProxy.Resolution.Federation;

/// <param name="Directory">The one that decided, when valid.</param>
/// <param name="Source">Where its answer came from, when valid.</param>
/// <param name="Unasked">Directories that have neither given a fresh answer nor failed since the lookup began, when undecided.</param>
internal readonly record struct Ruling(RulingKind Kind, int Directory = -1, EvidenceSource Source = EvidenceSource.Memory, int Unasked = 0);
