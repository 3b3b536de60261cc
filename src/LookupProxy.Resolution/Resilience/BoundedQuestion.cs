using System.Runtime.CompilerServices;
using System.Threading.Tasks.Sources;
using LookupProxy.Core.Recipients;

namespace LookupProxy.Resolution.Resilience;

/// <summary>
/// A question to a server on its way. Ends with the answer, or with its cancellation and then waits for nothing: who waits goes on within either.
/// One object in place of the tasks that the same takes otherwise; there is one for each question.
/// </summary>
internal sealed class BoundedQuestion(ServerLink link, CancellationToken cancellationToken) : IValueTaskSource<Answer>
{
    private ManualResetValueTaskSourceCore<Answer> _core;
    private ValueTaskAwaiter<Answer> _question;
    private CancellationTokenRegistration _registration;
    private int _isEnded;

    public ValueTask<Answer> Await(ValueTask<Answer> question)
    {
        _question = question.GetAwaiter();
        _registration = cancellationToken.UnsafeRegister(static question => ((BoundedQuestion)question!).GiveUp(), this);
        _question.UnsafeOnCompleted(Heard);
        return new(this, _core.Version);
    }

    Answer IValueTaskSource<Answer>.GetResult(short token)
    {
        _registration.Unregister();
        return _core.GetResult(token);
    }

    ValueTaskSourceStatus IValueTaskSource<Answer>.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource<Answer>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);

    private void Heard() => End(Result());

    private void GiveUp() => End(link.Late);

    private void End(Answer answer)
    {
        if (Interlocked.Exchange(ref _isEnded, 1) == 0)
            _core.SetResult(answer);
    }

    private Answer Result()
    {
        try
        {
            return _question.GetResult() ?? link.NoAnswer;
        }
        catch (Exception exception)
        {
            return link.Failed(exception, cancellationToken);
        }
    }
}
