using LookupProxy.Ldap.Client.Connections;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.Ldap.Client.Sessions;

internal sealed class SessionResponses(LdapSession session, LdapMessage request, TimeSpan silence) : ILdapResponses
{
    private bool _isSent;

    public LdapEnd? End { get; private set; }

    public long Entries { get; private set; }

    public ValueTask<LdapMessage?> ReadAsync(CancellationToken cancellationToken)
    {
        var isUnderWay = _isSent && End is null && !cancellationToken.IsCancellationRequested;
        return isUnderWay && session.Input.TryTake(out var received) && TryTake(received, out var message) ? new(message) : ReadSlowlyAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (End is not null)
            return;
        End = new LdapEnd { Fault = session.Lost("the search was given up") };
        if (_isSent && !session.IsGivenUp)
            await session.AbandonAsync(request.MessageId);
        session.GiveUp();
    }

    private async ValueTask<LdapMessage?> ReadSlowlyAsync(CancellationToken cancellationToken)
    {
        if (End is not null)
            return null;
        if (session.IsGivenUp)
            return Ended(session.Lost("a search before was not read to its end"));
        if (!_isSent && await SendAsync(cancellationToken) is { } fault)
            return Ended(fault);
        if (cancellationToken.IsCancellationRequested)
            return await CancelledAsync(cancellationToken);
        return await GoOnAsync(cancellationToken);
    }

    private async ValueTask<LdapFault?> SendAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            await session.SendAsync(request, cancellationToken);
            _isSent = true;
            return null;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Half of it may be out: nothing can follow.
            session.GiveUp();
            throw;
        }
        catch (Exception exception)
        {
            return session.Lost(exception.Message);
        }
    }

    /// <summary>Past what brings the caller nothing.</summary>
    private async ValueTask<LdapMessage?> GoOnAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (!session.Input.TryTake(out var received))
            {
                try
                {
                    received = await session.Input.WaitAsync(silence, cancellationToken);
                }
                catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
                {
                    return await CancelledAsync(cancellationToken);
                }
                catch (Exception exception)
                {
                    received = new(null, session.Lost(exception.Message));
                }
            }

            if (TryTake(received, out var message))
                return message;
        }
    }

    private async ValueTask<LdapMessage?> CancelledAsync(CancellationToken cancellationToken)
    {
        await DisposeAsync();
        throw new OperationCanceledException(cancellationToken);
    }

    /// <returns>False: it is nothing to the caller, read on. A null message is the end.</returns>
    private bool TryTake(Received received, out LdapMessage? message)
    {
        message = null;
        if (received.Message is not { } response)
        {
            Ended(received.Fault!);
            return true;
        }

        if (response.MessageId == 0)
            return IsEndOfAll(response.Operation);
        if (response.MessageId != request.MessageId)
        {
            Ended(Broken($"answer to message {response.MessageId}, which was not asked"));
            return true;
        }

        switch (response.Operation)
        {
            case SearchResultEntry:
                Entries++;
                message = response;
                return true;
            case SearchResultReference or IntermediateResponse:
                message = response;
                return true;
            case UnknownOperation:
                return false;
            case SearchResultDone done:
                End = new LdapEnd { Result = done.Result, Controls = response.Controls };
                return true;
            // As on the shared connections: a refusal counts in whatever response it comes, a success only in a searchResultDone.
            case var other when Responses.ResultOf(other) is { } result && result.Code != ResultCode.Success:
                End = new LdapEnd { Result = result, Controls = response.Controls };
                return true;
            case var other:
                Ended(Broken($"{other.GetType().Name} in answer to a search"));
                return true;
        }
    }

    /// <summary>Unsolicited notifications, RFC 4511 4.4.</summary>
    private bool IsEndOfAll(LdapOperation operation)
    {
        if (operation is ExtendedResponse { Oid: not Oids.NoticeOfDisconnection })
            return false;
        Ended(operation is ExtendedResponse notice ? Responses.Disconnected(session.Server, notice.Result) : Broken($"{operation.GetType().Name} with message id 0"));
        return true;
    }

    private LdapMessage? Ended(LdapFault fault)
    {
        session.GiveUp();
        End = new LdapEnd { Fault = fault };
        return null;
    }

    private LdapFault Broken(string what) => new(LdapFaultKind.ProtocolError, $"{session.Server} does not speak LDAP as it should: {what}");
}
