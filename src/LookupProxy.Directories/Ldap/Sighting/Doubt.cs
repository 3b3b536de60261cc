using LookupProxy.Core.Recipients;

namespace LookupProxy.Directories.Ldap.Sighting;

/// <summary>An absence that counts only when somebody is found by what is asked after it was heard.</summary>
internal sealed class Doubt(long heardAt)
{
    // Who waits goes on within End, which is the last thing that the thread does: absences are many, and to wake a thread of the pool for each costs more than they do.
    private readonly TaskCompletionSource<Answer.Unknown?> _ended = new();

    public long HeardAt => heardAt;

    /// <summary>Null when the absence counts.</summary>
    public Task<Answer.Unknown?> Ended => _ended.Task;

    public void End(Answer.Unknown? blindness) => _ended.SetResult(blindness);
}
