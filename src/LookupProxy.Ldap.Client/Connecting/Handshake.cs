using System.Buffers;
using LookupProxy.Ldap.Client.Connections;
using LookupProxy.Ldap.Codec;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.Ldap.Client.Connecting;

/// <summary>One question and one answer at a time, before a connection carries searches.</summary>
internal sealed class Handshake(LdapTransport transport, string server, int maxMessageBytes)
{
    private readonly LdapMessageReader _codec = new(new LdapCodecLimits { MaxMessageBytes = maxMessageBytes });
    private int _messageId;

    /// <summary>Takes the first response to the request that has the wanted type. Leaves what follows it in the pipe.</summary>
    public async Task<(LdapResult? Result, LdapFault? Fault)> AskAsync<TResponse>(LdapOperation request, CancellationToken cancellation)
        where TResponse : LdapOperation
    {
        await SendAsync(new LdapMessage(++_messageId, request), cancellation);
        while (true)
        {
            var (message, fault) = await ReceiveAsync(cancellation);
            if (message is null)
                return (null, fault);
            switch (message)
            {
                case { MessageId: 0, Operation: ExtendedResponse { Oid: Oids.NoticeOfDisconnection } notice }:
                    return (null, Responses.Disconnected(server, notice.Result));
                case { MessageId: 0, Operation: ExtendedResponse }:
                    continue;
                case { Operation: TResponse response } when message.MessageId == _messageId:
                    return (Responses.ResultOf(response), null);
                default:
                    return (null, new LdapFault(LdapFaultKind.ProtocolError, $"{server} answered a {request.GetType().Name} with a {message.Operation.GetType().Name} to message {message.MessageId}"));
            }
        }
    }

    private async Task SendAsync(LdapMessage message, CancellationToken cancellation)
    {
        var buffer = new ArrayBufferWriter<byte>();
        LdapMessageWriter.Write(buffer, message);
        try
        {
            await transport.Stream.WriteAsync(buffer.WrittenMemory, cancellation);
        }
        finally
        {
            // It may have held a password.
            buffer.Clear();
        }
    }

    private async Task<(LdapMessage? Message, LdapFault? Fault)> ReceiveAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var result = await transport.Input.ReadAsync(cancellation);
            var buffer = result.Buffer;
            var status = _codec.TryRead(ref buffer, out var message, out var fault);
            transport.Input.AdvanceTo(buffer.Start, status == ReadStatus.Done ? buffer.Start : buffer.End);
            if (status == ReadStatus.Done)
                return (message, null);
            if (status == ReadStatus.Fault)
                return (null, new LdapFault(LdapFaultKind.ProtocolError, $"{server} does not speak LDAP as it should: {fault}"));
            if (result.IsCompleted)
                return (null, new LdapFault(LdapFaultKind.ConnectionLost, $"connection to {server} lost: closed by the server"));
        }
    }
}
