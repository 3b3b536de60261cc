using LookupProxy.Core.Addresses;
using LookupProxy.Core.Directories;
using LookupProxy.Core.Recipients;
using LookupProxy.Resolution.Health;
using Microsoft.Extensions.Logging;

namespace LookupProxy.Resolution.Resilience;

/// <summary>
/// The boundary to a server: whatever happens there, here it is an answer. One that outstays its time is left behind even if it does not heed its token,
/// and an exception, which is a fault of ours, is Unknown like any other failure.
/// </summary>
/// <param name="closing">Cancelled when the resolver closes.</param>
internal sealed class ServerLink(string directory, IDirectoryServer server, TimeProvider time, ILogger logger, CancellationToken closing)
{
    public static readonly Answer.Unknown Closing = new(UnknownReason.NotReady, "closing down");

    public string Directory => directory;

    public string Name => server.Name;

    /// <param name="cancellationToken">Its cancellation means that the time is up.</param>
    public ValueTask<Answer> AskAsync(Address address, CancellationToken cancellationToken)
    {
        try
        {
            var question = server.AskAsync(address, cancellationToken);
            return question.IsCompleted ? new(question.Result ?? NoAnswer) : new BoundedQuestion(this, cancellationToken).Await(question);
        }
        catch (Exception exception)
        {
            return new(Failed(exception, cancellationToken));
        }
    }

    /// <summary>What it means that a question ended with an exception.</summary>
    public Answer.Unknown Failed(Exception exception, CancellationToken cancellationToken) =>
        exception is OperationCanceledException && cancellationToken.IsCancellationRequested ? Late : Fault(exception);

    public Answer.Unknown Late => OutOfTime("no answer in time");

    public Answer.Unknown NoAnswer => new(UnknownReason.InternalError, $"{server.Name} gave no answer");

    public async ValueTask<Answer> AskAsync(Address address, TimeSpan timeout)
    {
        using var limit = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, closing);
        return await AskAsync(address, either.Token);
    }

    /// <summary>Null when the server could answer.</summary>
    public async ValueTask<Answer.Unknown?> ProbeAsync(TimeSpan timeout)
    {
        using var limit = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, closing);
        try
        {
            return await server.ProbeAsync(either.Token).AsTask().WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            return OutOfTime("no answer in time to a probe");
        }
        catch (Exception exception)
        {
            return Fault(exception);
        }
    }

    public void TryAnew() => server.TryAnew();

    private Answer.Unknown OutOfTime(string what) =>
        closing.IsCancellationRequested ? Closing : new Answer.Unknown(UnknownReason.Timeout, $"{server.Name}: {what}");

    private Answer.Unknown Fault(Exception exception)
    {
        ResolutionLog.InternalFault(logger, directory, server.Name, exception);
        return new Answer.Unknown(UnknownReason.InternalError, $"{server.Name}: {exception.GetType().Name}");
    }
}
