using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using LookupProxy.Ldap.Codec;
using LookupProxy.Ldap.Messages;
using LookupProxy.TestKit.Certificates;

namespace LookupProxy.TestKit.Ldap;

/// <summary>
/// An LDAP server on loopback that speaks real wire and does what a test tells it, good or bad. Everything can be changed while it runs.
/// <code>
/// await using var server = new ScriptedLdapServer()
///     .WithEntry("uid=anna,dc=contoso", ("mail", "anna@shared.example"))
///     .OnSearch(LdapScripts.InTurn(LdapScripts.Reset, LdapScripts.Answer))
///     .Start();
/// </code>
/// </summary>
public sealed class ScriptedLdapServer : IAsyncDisposable
{
    public const string StartTlsOid = "1.3.6.1.4.1.1466.20037";

    private readonly ConcurrentDictionary<string, string> _accounts = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<int, LdapServerConnection> _connections = new();
    private readonly ConcurrentDictionary<Task, byte> _tasks = new();
    private readonly IPAddress _address;
    private Socket? _listener;
    private LdapServerTls? _tls;
    private bool _tlsFromTheStart;
    private Func<LdapServerConnection, ValueTask>? _onConnect;
    private LdapScript _onSearch = LdapScripts.Answer;
    private LdapScript? _onBind;
    private LdapScript? _onStartTls;
    private byte[] _afterStartTls = [];

    public ScriptedLdapServer(string address = "127.0.0.1") => _address = IPAddress.Parse(address);

    public ScriptedEntries Entries { get; } = new();

    public LdapServerLedger Ledger { get; } = new();

    public int Port { get; private set; }

    public Uri Uri => new($"{(_tlsFromTheStart ? "ldaps" : "ldap")}://{(_address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{_address}]" : _address)}:{Port}");

    public ScriptedLdapServer WithEntry(string dn, params (string Name, string Value)[] attributes) => With(() => Entries.Add(ScriptedEntry.Create(dn, attributes)));

    /// <summary>Searches outside the known bases end in noSuchObject; with none, every base is there.</summary>
    public ScriptedLdapServer WithBase(string dn) => With(() => Entries.AddBase(dn));

    /// <summary>Once there is an account, a simple bind with any other name or password ends in invalidCredentials. Setting it again changes the password.</summary>
    public ScriptedLdapServer WithAccount(string name, string password) => With(() => _accounts[name] = password);

    /// <summary>ldaps.</summary>
    public ScriptedLdapServer WithTls(TestCertificate certificate, X509Certificate2? clientAuthority = null) => With(() =>
    {
        _tls = new LdapServerTls(certificate.Certificate, clientAuthority);
        _tlsFromTheStart = true;
    });

    public ScriptedLdapServer WithStartTls(TestCertificate certificate, X509Certificate2? clientAuthority = null) =>
        With(() => _tls = new LdapServerTls(certificate.Certificate, clientAuthority));

    /// <summary>Sends these bytes in clear right behind the StartTLS response, as a man in the middle would.</summary>
    public ScriptedLdapServer InjectAfterStartTls(byte[] bytes) => With(() => _afterStartTls = bytes);

    /// <summary>Before the first byte is read; also before TLS.</summary>
    public ScriptedLdapServer OnConnect(Func<LdapServerConnection, ValueTask>? script) => With(() => _onConnect = script);

    public ScriptedLdapServer OnSearch(LdapScript script) => With(() => _onSearch = script);

    public ScriptedLdapServer OnBind(LdapScript? script) => With(() => _onBind = script);

    public ScriptedLdapServer OnStartTls(LdapScript? script) => With(() => _onStartTls = script);

    /// <summary>Listens; after <see cref="StopListening"/> again, on the same port.</summary>
    public ScriptedLdapServer Start()
    {
        var listener = new Socket(_address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(_address, Port));
        listener.Listen(512);
        Port = ((IPEndPoint)listener.LocalEndPoint!).Port;
        _listener = listener;
        Track(AcceptAsync(listener));
        return this;
    }

    /// <summary>New connections are refused; the open ones stay.</summary>
    public void StopListening() => Interlocked.Exchange(ref _listener, null)?.Dispose();

    /// <summary>Ends all connections, with a FIN or a RST.</summary>
    public void DropConnections(bool reset = false)
    {
        foreach (var connection in _connections.Values)
        {
            if (reset)
                connection.Reset();
            else
                connection.Close();
        }
    }

    public async ValueTask DisposeAsync()
    {
        StopListening();
        DropConnections();
        while (!_tasks.IsEmpty)
            await Task.WhenAll(_tasks.Keys);
    }

    private ScriptedLdapServer With(Action change)
    {
        change();
        return this;
    }

    private async Task AcceptAsync(Socket listener)
    {
        while (true)
        {
            Socket socket;
            try
            {
                socket = await listener.AcceptAsync();
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
            {
                return;
            }

            socket.NoDelay = true;
            Track(ServeAsync(new LdapServerConnection(socket, Ledger.Accepted())));
        }
    }

    private async Task ServeAsync(LdapServerConnection connection)
    {
        _connections[connection.Number] = connection;
        var running = new List<Task>();
        try
        {
            if (_onConnect is { } script)
                await script(connection);
            if (_tlsFromTheStart)
                await connection.UpgradeToTlsAsync(_tls!);
            while (await connection.ReadAsync() is { } message)
            {
                Ledger.Received(new LdapServerRequest(connection.Number, connection.OverTls, message));
                if (message.Operation is UnbindRequest)
                    break;
                var exchange = new LdapExchange(this, connection, message);
                // Searches begin in their order and run beside each other, as a real server's do.
                if (message.Operation is SearchRequest)
                    running.Add(RunAsync(_onSearch, exchange));
                else
                    await DispatchAsync(exchange);
            }
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // The peer went away, or refused our certificate: the test sees it on the other side.
        }
        finally
        {
            connection.Close();
            await Task.WhenAll(running);
            connection.Dispose();
            _connections.TryRemove(connection.Number, out _);
            Ledger.Closed();
        }
    }

    private static async Task RunAsync(LdapScript script, LdapExchange exchange)
    {
        try
        {
            await script(exchange);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            exchange.Connection.Close();
        }
    }

    private ValueTask DispatchAsync(LdapExchange exchange) => exchange.Message.Operation switch
    {
        BindRequest => (_onBind ?? BindAsync)(exchange),
        ExtendedRequest { Oid: StartTlsOid } => (_onStartTls ?? StartTlsAsync)(exchange),
        ExtendedRequest => LdapScripts.ExtendedResult(ResultCode.ProtocolError)(exchange),
        WriteRequest write => exchange.SendAsync(new WriteResponse(write.Kind, new LdapResult(ResultCode.UnwillingToPerform))),
        _ => ValueTask.CompletedTask,
    };

    private ValueTask BindAsync(LdapExchange exchange)
    {
        var connection = exchange.Connection;
        var code = exchange.Bind switch
        {
            { Authentication: BindAuthentication.Sasl { Mechanism: "EXTERNAL" } } => connection.ClientCertificate is null ? ResultCode.InappropriateAuthentication : ResultCode.Success,
            { Authentication: BindAuthentication.Simple simple } bind => CheckPassword(bind.Name, simple.Password.Span),
            _ => ResultCode.AuthMethodNotSupported,
        };
        connection.BoundAs = code != ResultCode.Success ? null : connection.ClientCertificate?.Subject ?? exchange.Bind.Name;
        return LdapScripts.BindResult(code)(exchange);
    }

    private ResultCode CheckPassword(string name, ReadOnlySpan<byte> password)
    {
        if (_accounts.IsEmpty || (name.Length == 0 && password.IsEmpty))
            return ResultCode.Success;
        if (password.IsEmpty)
            return ResultCode.UnwillingToPerform;
        return _accounts.TryGetValue(name, out var known) && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(known), password)
            ? ResultCode.Success
            : ResultCode.InvalidCredentials;
    }

    private async ValueTask StartTlsAsync(LdapExchange exchange)
    {
        if (_tls is null)
        {
            await LdapScripts.ExtendedResult(ResultCode.ProtocolError, "no TLS here")(exchange);
            return;
        }

        var buffer = new ArrayBufferWriter<byte>();
        LdapMessageWriter.Write(
            buffer,
            new LdapMessage(exchange.Message.MessageId, new ExtendedResponse(new LdapResult(ResultCode.Success), StartTlsOid)));
        await exchange.Connection.SendBytesAsync((byte[])[.. buffer.WrittenSpan, .. _afterStartTls]);
        await exchange.Connection.UpgradeToTlsAsync(_tls);
    }

    private void Track(Task task)
    {
        _tasks[task] = 0;
        _ = task.ContinueWith(done => _tasks.TryRemove(done, out _), TaskScheduler.Default);
    }
}
