using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using LookupProxy.Endpoints.Http.Bodies;

namespace LookupProxy.Host.Commands;

/// <summary>Calls the HTTP API of a server that runs.</summary>
internal sealed class ProxyClient : IDisposable
{
    /// <summary>Above any lookup's deadline.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(70);

    private readonly HttpClient _http;

    public ProxyClient(Uri url)
    {
        Url = url;
        _http = new HttpClient(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(5), UseProxy = false, AllowAutoRedirect = false })
        {
            BaseAddress = new Uri(url.AbsoluteUri.TrimEnd('/') + "/"),
            Timeout = Patience,
        };
    }

    public Uri Url { get; }

    /// <exception cref="ProxyUnreachableException">There is no answer, or one that is not this API's.</exception>
    public async Task<ProxyReply<T>> SendAsync<T>(
        HttpMethod method, string path, JsonTypeInfo<T> type, string? token, CancellationToken cancellationToken, HttpContent? content = null)
        where T : class
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        try
        {
            using var response = await _http.SendAsync(request, cancellationToken);
            await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
            if (response.Content.Headers.ContentType?.MediaType == "application/problem+json")
                return new ProxyReply<T>(response.StatusCode, null, await JsonSerializer.DeserializeAsync(body, ApiJson.Default.ProblemBody, cancellationToken));
            if (response.StatusCode == HttpStatusCode.NoContent)
                return new ProxyReply<T>(response.StatusCode, null, null);
            return new ProxyReply<T>(response.StatusCode, await JsonSerializer.DeserializeAsync(body, type, cancellationToken) ?? throw new JsonException("null"), null);
        }
        catch (HttpRequestException e)
        {
            throw new ProxyUnreachableException($"{Url} cannot be reached: {e.GetBaseException().Message}", e);
        }
        catch (JsonException e)
        {
            throw new ProxyUnreachableException($"{Url} is no LookupProxy: its answer cannot be read", e);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ProxyUnreachableException($"{Url} has not answered within {Patience.TotalSeconds} s", e);
        }
    }

    public void Dispose() => _http.Dispose();
}
