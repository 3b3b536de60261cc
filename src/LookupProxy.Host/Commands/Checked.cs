using LookupProxy.Core.Recipients;
using LookupProxy.Endpoints.Http.Bodies;

namespace LookupProxy.Host.Commands;

/// <summary>What became of one address.</summary>
/// <param name="Answer">Null when it could not be asked.</param>
/// <param name="Problem">Then why.</param>
/// <param name="IsBadAddress">And whether that is the address's own fault.</param>
internal sealed record Checked(string Text, AnswerBody? Answer, string? Problem = null, bool IsBadAddress = false)
{
    public int ExitCode => Answer?.Verdict switch
    {
        VerdictKind.Valid => Host.ExitCode.Ok,
        VerdictKind.Invalid or VerdictKind.NotOurs => Host.ExitCode.No,
        null when IsBadAddress => Host.ExitCode.No,
        _ => Host.ExitCode.Unknown,
    };
}
