using LookupProxy.Core.Recipients;
using LookupProxy.Resolution.Resilience;

namespace LookupProxy.Resolution.Guarding;

/// <summary>
/// Whether a server can say of anybody at all that there is no such recipient. One that says of each that a part of the tree is kept elsewhere, or that the search was too
/// much for it, finds who is there and seems well; yet mail for everybody else is deferred until somebody changes something. A few in a row with no absence between show it.
/// </summary>
internal sealed class SearchedWhole(DirectoryTrust trust, ServerLink link)
{
    public const int Several = 5;

    private readonly Lock _gate = new();
    private int _inRow;

    /// <param name="answer">The server's own word.</param>
    public void Heard(Answer answer)
    {
        if (answer is Answer.Absent)
        {
            if (Volatile.Read(ref _inRow) != 0)
                End();
        }
        else if (answer is Answer.Unknown unknown && Illness.IsOfOneQuestion(unknown))
        {
            Count(unknown);
        }
    }

    private void Count(Answer.Unknown unknown)
    {
        lock (_gate)
        {
            if (_inRow < Several && ++_inRow == Several)
                trust.Complain(AlarmNames.NotSearchedWhole, link.Name, GuardText.NotSearchedWhole(link, unknown));
        }
    }

    private void End()
    {
        lock (_gate)
        {
            if (_inRow == Several)
                trust.Withdraw(AlarmNames.NotSearchedWhole, link.Name, $"{link.Name} says of somebody that there is no such recipient");
            _inRow = 0;
        }
    }
}
