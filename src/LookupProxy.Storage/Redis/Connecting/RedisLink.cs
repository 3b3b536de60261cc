using StackExchange.Redis;

namespace LookupProxy.Storage.Redis.Connecting;

/// <summary>
/// The connection, which mostly mends itself once it is there. Only its asynchronous calls are used: the library's synchronous ones block the thread.
/// </summary>
internal sealed class RedisLink(RedisOptions options, TimeProvider time) : IAsyncDisposable
{
    /// <summary>For the library to say good-bye.</summary>
    private static readonly TimeSpan CloseLimit = TimeSpan.FromSeconds(1);

    private readonly RedisFailures _failures = new(string.Join(", ", options.Endpoints));
    private ConnectionMultiplexer? _connection;
    private RedisTls? _tls;
    private string? _password;
    private volatile IDatabase? _database;

    /// <summary>Null until the first connection has been tried.</summary>
    public IDatabase? Database => _database;

    /// <summary>A connection is there again, or is there no more.</summary>
    public Action? Changed { get; set; }

    /// <summary>What was wrong is over.</summary>
    public void Worked() => _failures.Clear();

    public string Describe(Exception exception) => _failures.Describe(exception, _tls?.Complaint);

    /// <summary>
    /// Connects unless it has. Servers that can't be reached are no failure here: they are tried again in the background. Also connects anew when the password's
    /// file has another content: the library keeps the one that it was made with.
    /// </summary>
    /// <param name="heard">Is given what other nodes publish.</param>
    public async ValueTask OpenAsync(RedisChannel channel, Action<RedisValue> heard)
    {
        var password = ReadPassword();
        if (_connection is not null && password == _password)
            return;
        await CloseAsync();
        _password = password;
        var configuration = Configure();
        // Not on this thread: the library connects partly before its first await.
        var connection = await Task.Run(() => ConnectionMultiplexer.ConnectAsync(configuration));
        connection.ConnectionFailed += (_, failure) =>
        {
            _failures.Note(failure);
            Changed?.Invoke();
        };
        connection.ConnectionRestored += (_, _) => Changed?.Invoke();
        connection.ErrorMessage += (_, error) => _failures.Note(error);
        _connection = connection;
        _database = connection.GetDatabase(options.Database);

        // Not waited for: it is sent when there is a connection, and again with each new one. Until then the number of the last news is asked for.
        _ = connection.GetSubscriber().SubscribeAsync(channel, (_, message) => heard(message));
    }

    public async ValueTask DisposeAsync() => await CloseAsync();

    /// <summary>The next <see cref="OpenAsync"/> connects anew.</summary>
    public async Task CloseAsync()
    {
        _database = null;
        if (Interlocked.Exchange(ref _connection, null) is not { } connection)
            return;
        var closing = Task.Run(async () =>
        {
            await connection.CloseAsync(allowCommandsToComplete: false);
            connection.Dispose();
        });
        try
        {
            await closing.WaitAsync(CloseLimit, time);
        }
        catch (Exception)
        {
            // It is given up either way.
        }
    }

    /// <summary>The one in use while it can't be read: a connection that is there needs no other.</summary>
    /// <exception cref="IOException">There is none in use.</exception>
    private string? ReadPassword()
    {
        try
        {
            return options.ReadPassword?.Invoke();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return _connection is not null ? _password : throw new IOException($"the password cannot be read: {exception.Message}", exception);
        }
    }

    private ConfigurationOptions Configure()
    {
        var configuration = new ConfigurationOptions
        {
            AbortOnConnectFail = false,
            ClientName = "lookupproxy",
            ConnectTimeout = (int)options.ConnectTimeout.TotalMilliseconds,
            ConnectRetry = 1,
            ReconnectRetryPolicy = new LinearRetry((int)options.ConnectTimeout.TotalMilliseconds),
            // Also how long a connection may owe an answer before it is given up.
            SyncTimeout = (int)options.ConnectTimeout.TotalMilliseconds,
            KeepAlive = 5,
            // A replica that has become the primary is noticed in this time.
            ConfigCheckSeconds = 2,
            // Nothing of the library's own is kept in the operator's Redis.
            ConfigurationChannel = "",
            TieBreaker = "",
            DefaultDatabase = options.Database,
            Password = _password,
        };
        foreach (var endpoint in options.Endpoints)
            configuration.EndPoints.Add(endpoint.Host, endpoint.Port);
        if (options.Tls is { } settings)
        {
            _tls = new RedisTls(settings);
            _tls.Apply(configuration);
        }

        return configuration;
    }
}
