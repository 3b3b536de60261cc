using LookupProxy.Endpoints.Http.Bodies;

namespace LookupProxy.Host.Commands;

/// <summary>Asks a server that runs.</summary>
internal sealed class ServerChecker(ProxyClient client, string? view) : IAddressChecker
{
    public async Task<Checked> CheckAsync(string text, CancellationToken cancellationToken)
    {
        var path = $"v1/recipients?address={Uri.EscapeDataString(text)}&explain=true";
        if (view is not null)
            path += $"&view={Uri.EscapeDataString(view)}";
        try
        {
            var reply = await client.SendAsync(HttpMethod.Get, path, ApiJson.Default.AnswerBody, token: null, cancellationToken);
            return new Checked(text, reply.Body, reply.Body is null ? reply.Complaint : null, reply.Status == System.Net.HttpStatusCode.BadRequest);
        }
        catch (ProxyUnreachableException e)
        {
            return new Checked(text, null, e.Message);
        }
    }

    public ValueTask DisposeAsync()
    {
        client.Dispose();
        return ValueTask.CompletedTask;
    }
}
