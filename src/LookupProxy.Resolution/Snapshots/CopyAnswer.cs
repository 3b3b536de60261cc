using LookupProxy.Core.Recipients;

namespace LookupProxy.Resolution.Snapshots;

/// <param name="ToldAt">When the directory held it for certain. Ticks; negative before the start.</param>
internal sealed record CopyAnswer(Answer.Exists Answer, long ToldAt);
