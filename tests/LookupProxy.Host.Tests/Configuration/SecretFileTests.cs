using LookupProxy.TestKit.Certificates;

namespace LookupProxy.Host.Tests.Configuration;

/// <summary>What a file with a secret may hold; no fault repeats it.</summary>
public sealed class SecretFileTests : IDisposable
{
    private readonly ConfigurationText _text = new();

    public void Dispose() => _text.Dispose();

    [Fact]
    public void The_end_of_the_line_does_not_count() => Assert.Empty(PasswordFaults("hunter2\r\n"u8));

    [Fact]
    public void An_empty_file_is_told() =>
        Assert.Equal(["lookupproxy.yaml:2:97: error: directories.d.passwordFile: password is empty"], PasswordFaults("\n"u8));

    [Fact]
    public void What_is_not_UTF_8_would_be_a_wrong_password() =>
        Assert.Equal(["lookupproxy.yaml:2:97: error: directories.d.passwordFile: password is not UTF-8; what is read of it is not what was written"], PasswordFaults([0x67, 0xfc, 0x0a]));

    [Fact]
    public void Several_lines_are_seldom_meant() =>
        Assert.Equal(["lookupproxy.yaml:2:97: warning: directories.d.passwordFile: password has several lines; all of them together are taken for the password"], PasswordFaults("hunter2\n# old\n"u8));

    [Theory]
    [InlineData("let me in", null)]
    [InlineData("hunter2 \n", "what is in token is no token: one line of ASCII characters, without spaces around it")]
    [InlineData("hunter2\nhunter3\n", "what is in token is no token: one line of ASCII characters, without spaces around it")]
    public void A_token_must_be_one_that_can_be_sent(string token, string? fault)
    {
        Write("token", System.Text.Encoding.UTF8.GetBytes(token));

        string[] expected = fault is null ? [] : [$"lookupproxy.yaml:6:38: error: endpoints.http.adminTokenFile: {fault}"];
        Assert.Equal(expected, _text.Faults(ConfigurationText.Minimal.Replace(":10080\" }", ":10080\", adminTokenFile: token }", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_token_that_crosses_the_network_in_the_clear_is_told()
    {
        Write("token", "let me in"u8);

        Assert.Equal(
            [
                "lookupproxy.yaml:6:19: warning: endpoints.http.listen: 0.0.0.0:10080 is not loopback: whoever reaches it may ask which recipients exist",
                "lookupproxy.yaml:6:19: warning: endpoints.http.listen: the administrator's token crosses the network to 0.0.0.0:10080 in the clear; use listenTls",
            ],
            _text.Faults(ConfigurationText.Minimal.Replace("127.0.0.1:10080\" }", "0.0.0.0:10080\", adminTokenFile: token }", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_configuration_that_is_not_UTF_8_is_told_with_its_place()
    {
        var file = Path.Combine(_text.Folder, "latin1.yaml");
        File.WriteAllBytes(file, [.. "directories:\n  contoso: { type: file, path: M"u8, 0xfc, .. "ller.txt }\n"u8]);

        var outcome = new LookupProxy.Host.Configuration.ConfigurationLoader(_text.Environment, TimeProvider.System).Load(file);

        Assert.Equal([$"{file}:2:33: error: not UTF-8; save the file in that encoding"], outcome.Faults.Select(static fault => fault.ToString()));
    }

    [Fact]
    public void A_folder_is_no_configuration()
    {
        var outcome = new LookupProxy.Host.Configuration.ConfigurationLoader(_text.Environment, TimeProvider.System).Load(_text.Folder);

        Assert.Equal([$"{_text.Folder}: error: is a directory"], outcome.Faults.Select(static fault => fault.ToString()));
    }

    [Fact]
    public void A_key_that_everyone_may_read_is_told()
    {
        using var pki = new TestPki();
        var server = pki.Server("localhost");
        File.SetUnixFileMode(server.KeyFile, UnixFileMode.UserRead | UnixFileMode.OtherRead);

        var fault = Assert.Single(_text.Faults(ConfigurationText.Minimal.Replace(
            "http: {", $"http: {{ listenTls: \"127.0.0.1:10443\", tls: {{ certificateFile: {server.CertificateFile}, keyFile: {server.KeyFile} }},", StringComparison.Ordinal)));
        Assert.EndsWith($": warning: endpoints.http.tls.certificateFile: {server.KeyFile} holds the key and may be read by everyone; chmod o-r", fault, StringComparison.Ordinal);
    }

    private string[] PasswordFaults(ReadOnlySpan<byte> content)
    {
        Write("password", content);
        return _text.Faults("""
            directories:
              d: { type: ldap, schema: openldap, servers: "ldap://127.0.0.1:1", baseDn: dc=d, bindDn: cn=d, passwordFile: password }
            namespaces:
              shared: { domains: [corp.example], directories: [d] }
            endpoints:
              http: { listen: "127.0.0.1:10080" }
            """);
    }

    private void Write(string name, ReadOnlySpan<byte> content)
    {
        var path = _text.Write(name, "");
        File.WriteAllBytes(path, content);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }
}
