using LookupProxy.Core.Recipients;

namespace LookupProxy.Core.Storage;

/// <summary>One directory's answer as a store keeps it.</summary>
/// <param name="Directory">Name of the directory that gave it.</param>
/// <param name="Answer">Exists or Absent, never Unknown.</param>
/// <param name="GivenAt">By the clock of the node that learnt it.</param>
/// <param name="FreshFor">From <paramref name="GivenAt"/>.</param>
public sealed record StoredAnswer(string Directory, Answer Answer, DateTimeOffset GivenAt, TimeSpan FreshFor)
{
    /// <summary>Stands for what the directory was asked, and how its answer was read; 0 when that is not known. Of another one the answer is to another question.</summary>
    public uint Origin { get; init; }
}
