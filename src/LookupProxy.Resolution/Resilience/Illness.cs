using LookupProxy.Core.Recipients;

namespace LookupProxy.Resolution.Resilience;

/// <summary>Which failures say that a server is ill, so that its circuit should open.</summary>
internal static class Illness
{
    /// <summary>
    /// A referral and a size limit are about one question: the server is well, and other recipients are found there, so its circuit stays closed.
    /// One whose absences are not believed still finds who is there. A time limit is the server's own word that it can't keep up. Overloaded, Deadline and the circuit's own refusals are our doing.
    /// </summary>
    public static bool Is(Answer answer) => answer is Answer.Unknown unknown && unknown.Reason switch
    {
        UnknownReason.None => false,
        UnknownReason.Deadline => false,
        UnknownReason.Referral => false,
        UnknownReason.SizeLimit => false,
        UnknownReason.Distrusted => false,
        UnknownReason.CircuitOpen => false,
        UnknownReason.Isolated => false,
        UnknownReason.Overloaded => false,
        _ => true,
    };

    /// <summary>
    /// Lies in this one question, and another on the same server tells nothing of it. All else, our own refusals among them, leaves it open what the server would have said.
    /// </summary>
    public static bool IsOfOneQuestion(Answer.Unknown answer) => answer.Reason is UnknownReason.Referral or UnknownReason.SizeLimit;

    /// <summary>The first that leaves it open whether somebody is there; null when each tells, or can't for a reason of its own.</summary>
    public static Answer.Unknown? FirstOpen(IEnumerable<Answer> answers) => answers.OfType<Answer.Unknown>().FirstOrDefault(static answer => !IsOfOneQuestion(answer));
}
