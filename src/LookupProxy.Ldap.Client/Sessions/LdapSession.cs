using System.Buffers;
using System.Collections.Immutable;
using LookupProxy.Ldap.Client.Connections;
using LookupProxy.Ldap.Codec;
using LookupProxy.Ldap.Controls;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.Ldap.Client.Sessions;

/// <param name="onClosed">Called once.</param>
internal sealed class LdapSession(LdapTransport transport, string server, int maxMessageBytes, TimeProvider time, Action<LdapSession> onClosed) : ILdapSession
{
    /// <summary>What the Abandon and the Unbind may take.</summary>
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(1);

    private readonly ArrayBufferWriter<byte> _output = new();
    private int _messageId;
    private SessionResponses? _current;
    private bool _isGivenUp;
    private int _isClosed;

    public string Server => server;

    public bool IsUsable => !_isGivenUp && _current is null or { End: not null };

    public SessionInput Input { get; } = new(transport.Input, server, maxMessageBytes, time);

    public ILdapResponses Search(SearchRequest request, ImmutableArray<LdapControl> controls, TimeSpan silence)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(silence, TimeSpan.Zero);
        if (_current is { End: null } && !_isGivenUp)
            throw new InvalidOperationException("The search before has not ended.");
        var message = new LdapMessage(++_messageId, request) { Controls = controls.IsDefault ? [] : controls };
        return _current = new SessionResponses(this, message, silence);
    }

    /// <summary>No search goes out any more.</summary>
    public bool IsGivenUp => _isGivenUp;

    public void GiveUp() => _isGivenUp = true;

    public async ValueTask SendAsync(LdapMessage message, CancellationToken cancellationToken)
    {
        _output.ResetWrittenCount();
        LdapMessageWriter.Write(_output, message);
        await transport.Stream.WriteAsync(_output.WrittenMemory, cancellationToken);
    }

    /// <summary>Best effort: the connection is closed soon after, which says the same.</summary>
    public async ValueTask AbandonAsync(int messageId)
    {
        _isGivenUp = true;
        await TrySendAsync(new LdapMessage(++_messageId, new AbandonRequest(messageId)));
    }

    public LdapFault Lost(string why) => new(LdapFaultKind.ConnectionLost, $"connection to {server} lost: {why}");

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isClosed, 1) != 0)
            return;
        if (_current is not null)
            await _current.DisposeAsync();
        await TrySendAsync(new LdapMessage(++_messageId, new UnbindRequest()));
        _isGivenUp = true;
        Input.Dispose();
        transport.Dispose();
        onClosed(this);
    }

    private async ValueTask TrySendAsync(LdapMessage message)
    {
        using var limit = new CancellationTokenSource(Farewell, time);
        try
        {
            await SendAsync(message, limit.Token);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            // It learns of the end from the socket.
        }
    }
}
