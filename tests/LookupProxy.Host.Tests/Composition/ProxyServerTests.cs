using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using LookupProxy.Host.Composition;
using LookupProxy.Host.Tests.Configuration;
using LookupProxy.TestKit.Certificates;

namespace LookupProxy.Host.Tests.Composition;

public sealed class ProxyServerTests : IDisposable
{
    private readonly ConfigurationText _text = new();
    private readonly HttpClient _http = new();

    public void Dispose()
    {
        _http.Dispose();
        _text.Dispose();
    }

    [Theory]
    [InlineData("anna@corp.example", "action=DUNNO")]
    [InlineData("tom+news@corp.example", "action=DUNNO")]
    [InlineData("nobody@corp.example", "action=550 5.1.1 User unknown")]
    [InlineData("anna@elsewhere.example", "action=DUNNO")]
    public async Task Policy_and_HTTP_give_the_verdict_of_all_directories(string address, string reply)
    {
        await using var proxy = await RunningProxy.StartAsync(_text);

        Assert.Equal(reply, await PolicyQuestion.AskAsync(proxy.EndPoint("policy"), address));
        using var response = await _http.GetAsync($"{proxy.Url}/v1/recipients/{Uri.EscapeDataString(address)}", TestContext.Current.CancellationToken);
        var expected = address.EndsWith("elsewhere.example", StringComparison.Ordinal) || reply.Contains("550", StringComparison.Ordinal);
        Assert.Equal(expected ? HttpStatusCode.NotFound : HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task A_directory_whose_file_is_missing_stops_neither_the_start_nor_the_other_directory()
    {
        RunningProxy.WriteSample(_text);
        File.Delete(Path.Combine(_text.Folder, "contoso.txt"));
        var outcome = _text.Load(RunningProxy.Sample);
        await using var proxy = await RunningProxy.StartAsync(outcome.Configuration!);

        Assert.Equal("action=DUNNO", await PolicyQuestion.AskAsync(proxy.EndPoint("policy"), "tom@corp.example"));
        Assert.StartsWith("action=DEFER_IF_PERMIT 4.4.3", await PolicyQuestion.AskAsync(proxy.EndPoint("policy"), "anna@corp.example"), StringComparison.Ordinal);
        Assert.StartsWith("action=DEFER_IF_PERMIT 4.4.3", await PolicyQuestion.AskAsync(proxy.EndPoint("policy"), "nobody@corp.example"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_is_taken_is_said_with_its_setting()
    {
        await using var first = await RunningProxy.StartAsync(_text);
        var taken = first.Address("policy");
        var configuration = _text.Valid(RunningProxy.Sample.Replace("policy: { listen: \"127.0.0.1:0\" }", $"policy: {{ listen: \"{taken}\" }}", StringComparison.Ordinal));

        var failure = await Assert.ThrowsAsync<ListenFailedException>(() => RunningProxy.StartAsync(configuration));

        Assert.Equal(ExitCode.Unavailable, failure.ExitCode);
        Assert.Equal(
            $"policy cannot listen on {taken} (endpoints.policy.listen, {_text.Folder}/lookupproxy.yaml:7:21): another process listens there; stop it, or give another address",
            failure.Message);
    }

    [Fact]
    public async Task A_Unix_socket_has_its_mode_and_replaces_one_that_was_left_behind()
    {
        var path = Path.Combine(_text.Folder, "policy.sock");
        var yaml = RunningProxy.Sample.Replace("policy: { listen: \"127.0.0.1:0\" }", $"policy: {{ listen: \"unix:{path}\", socketMode: \"0606\" }}", StringComparison.Ordinal);
        LeaveBehind(path);

        await using (await RunningProxy.StartAsync(_text, yaml))
        {
            Assert.Equal("action=DUNNO", await PolicyQuestion.AskAsync(new UnixDomainSocketEndPoint(path), "anna@corp.example"));
            Assert.Equal("0606", "0" + Convert.ToString((int)File.GetUnixFileMode(path), 8));
            var inUse = await Assert.ThrowsAsync<ListenFailedException>(() => RunningProxy.StartAsync(_text, yaml));
            Assert.Contains("another process listens there", inUse.Message, StringComparison.Ordinal);
            Assert.Equal("action=DUNNO", await PolicyQuestion.AskAsync(new UnixDomainSocketEndPoint(path), "anna@corp.example"));
        }

        Assert.False(File.Exists(path));
    }

    [Fact]
    public async Task A_file_in_a_socket_s_place_is_never_removed()
    {
        var path = _text.Write("policy.sock", "precious");
        var yaml = RunningProxy.Sample.Replace("policy: { listen: \"127.0.0.1:0\" }", $"policy: {{ listen: \"unix:{path}\" }}", StringComparison.Ordinal);

        await Assert.ThrowsAsync<ListenFailedException>(() => RunningProxy.StartAsync(_text, yaml));

        Assert.Equal("precious", await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Any_endpoint_speaks_TLS_where_it_is_told_to()
    {
        using var pki = new TestPki();
        var server = pki.Server("localhost", "127.0.0.1");
        File.SetUnixFileMode(server.KeyFile, UnixFileMode.UserRead);
        var tls = $"tls: {{ certificateFile: {server.CertificateFile}, keyFile: {server.KeyFile} }}";
        await using var proxy = await RunningProxy.StartAsync(_text, RunningProxy.Sample
            .Replace("policy: { listen: \"127.0.0.1:0\" }", $"policy: {{ listenTls: \"127.0.0.1:0\", {tls} }}", StringComparison.Ordinal)
            .Replace("http: { listen: \"127.0.0.1:0\"", $"http: {{ listenTls: \"127.0.0.1:0\", {tls}", StringComparison.Ordinal));

        var reply = await PolicyQuestion.AskAsync(proxy.EndPoint("policy"), "anna@corp.example", stream => SecureAsync(stream, pki.Authority));
        using var handler = new SocketsHttpHandler { SslOptions = Trusting(pki.Authority) };
        using var client = new HttpClient(handler);

        Assert.Equal("action=DUNNO", reply);
        Assert.Equal("""{"status":"ready"}""", await client.GetStringAsync($"https://{proxy.Address("http")}/health/ready", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task What_was_begun_is_answered_after_the_signal_to_stop()
    {
        var proxy = await RunningProxy.StartAsync(_text);
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(proxy.EndPoint("policy"), TestContext.Current.CancellationToken);
        await using var stream = new NetworkStream(socket);
        await stream.WriteAsync(PolicyQuestion.OneAndABit, TestContext.Current.CancellationToken);
        using var reader = new StreamReader(stream);
        Assert.Equal("action=DUNNO", await reader.ReadLineAsync(TestContext.Current.CancellationToken));

        var stopped = proxy.DisposeAsync();
        await stream.WriteAsync("recipient=nobody@corp.example\n\n"u8.ToArray(), TestContext.Current.CancellationToken);
        var reply = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
        await stopped;

        Assert.Equal("\naction=550 5.1.1 User unknown\n\n", reply);
    }

    private static void LeaveBehind(string path)
    {
        using (var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            socket.Bind(new UnixDomainSocketEndPoint(path));

            // Closing removes the file; a process that is killed does not come to that.
            File.Move(path, path + ".kept");
        }

        File.Move(path + ".kept", path);
    }

    private static async Task<Stream> SecureAsync(Stream stream, X509Certificate2 authority)
    {
        var tls = new SslStream(stream);
        var options = Trusting(authority);
        options.TargetHost = "localhost";
        await tls.AuthenticateAsClientAsync(options, TestContext.Current.CancellationToken);
        return tls;
    }

    private static SslClientAuthenticationOptions Trusting(X509Certificate2 authority) => new()
    {
        CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, CustomTrustStore = { authority }, RevocationMode = X509RevocationMode.NoCheck },
    };
}
