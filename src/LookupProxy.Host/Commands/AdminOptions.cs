using System.CommandLine;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using LookupProxy.Endpoints.Http.Admin;
using LookupProxy.Host.Configuration.Values;

namespace LookupProxy.Host.Commands;

/// <summary>What every command has that changes something in a running server: its options, the call, and what is shown of the answer.</summary>
internal sealed class AdminOptions
{
    public AdminOptions() => TokenFile.AcceptExistingOnly();

    public Option<Uri?> Url { get; } = CommonOptions.ServerUrl();

    public Option<FileInfo> TokenFile { get; } = new("--token-file")
    {
        Description = "The file with the administrator's token (endpoints.http.adminTokenFile).",
        HelpName = "FILE",
        Required = true,
    };

    public Option<bool> Json { get; } = CommonOptions.Json();

    public static HttpContent Content<T>(T body, JsonTypeInfo<T> type) =>
        new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, type)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };

    /// <summary>For what has been done, if not everywhere yet.</summary>
    public static int ExitCodeOf(CommandContext context, bool allNodesTold, bool storeWritten)
    {
        if (!allNodesTold)
            context.Terminal.Error.WriteLine("lookupproxy: done here; the other nodes could not be told yet and will be when the store works again");
        if (!storeWritten)
            context.Terminal.Error.WriteLine("lookupproxy: done here; it could not be written down yet, and a restart before the store works again undoes it");
        return allNodesTold && storeWritten ? ExitCode.Ok : ExitCode.Unknown;
    }

    /// <param name="show">The answer's body, for people.</param>
    /// <param name="exitCodeOf">Null where what was asked for is done when there is an answer.</param>
    public async Task<int> SendAsync<T>(
        CommandContext context,
        ParseResult parsed,
        HttpMethod method,
        string path,
        HttpContent? content,
        JsonTypeInfo<T> type,
        Action<T> show,
        Func<T, int>? exitCodeOf,
        CancellationToken cancellationToken)
        where T : class
    {
        var (token, fault) = await ReadTokenAsync(parsed.GetValue(TokenFile)!.FullName, cancellationToken);
        if (token is null)
        {
            context.Terminal.Error.WriteLine($"lookupproxy: --token-file: {fault}");
            return ExitCode.Usage;
        }

        using var client = new ProxyClient(parsed.GetValue(Url)!);
        try
        {
            var reply = await client.SendAsync(method, path, type, token, cancellationToken, content);
            if (reply.Problem is not null)
            {
                context.Terminal.Error.WriteLine($"lookupproxy: {reply.Complaint}");
                return reply.Status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden ? ExitCode.NoPermission : ExitCode.No;
            }

            if (reply.Body is not { } body)
                return ExitCode.Ok;
            if (parsed.GetValue(Json))
                context.Terminal.Out.WriteLine(JsonSerializer.Serialize(body, type));
            else
                show(body);
            return exitCodeOf?.Invoke(body) ?? ExitCode.Ok;
        }
        catch (ProxyUnreachableException e)
        {
            context.Terminal.Error.WriteLine($"lookupproxy: {e.Message}");
            return ExitCode.Unavailable;
        }
    }

    private static async Task<(string? Token, string? Fault)> ReadTokenAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            var token = (await File.ReadAllTextAsync(file, cancellationToken)).Trim();
            return AdminTokenText.Complaint(token) is { } complaint ? (null, $"what is in {file} {complaint}") : (token, null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (null, $"{file} {FileReadability.Complaint(file) ?? e.Message}");
        }
    }
}
