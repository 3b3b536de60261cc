using LookupProxy.Core.Recipients;
using LookupProxy.Resolution.Snapshots;

namespace LookupProxy.Resolution.Federation;

/// <param name="Directory">The one that decided, when valid.</param>
/// <param name="Source">Where its answer came from, when valid.</param>
/// <param name="Unasked">Directories that have neither given a fresh answer nor failed since the lookup began, when undecided.</param>
/// <param name="Copy">What the directory's local copy said, when that decided.</param>
internal readonly record struct Ruling(
    RulingKind Kind, int Directory = -1, EvidenceSource Source = EvidenceSource.Memory, int Unasked = 0, CopyAnswer? Copy = null);
