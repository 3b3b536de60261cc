using LookupProxy.Host.Configuration;
using LookupProxy.TestKit.Certificates;

namespace LookupProxy.Host.Tests.Configuration;

/// <summary>Every file under config/ can be used: as it is, or once the files it names are there.</summary>
public sealed class SampleFilesTests : IDisposable
{
    private const string Installed = "/etc/lookupproxy/";

    private readonly ConfigurationText _text = new();
    private readonly TestPki _pki = new();

    public static TheoryData<string> Files => [.. Directory.GetFiles(Folder, "*.yaml").Select(static file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "config");

    public void Dispose()
    {
        _pki.Dispose();
        _text.Dispose();
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_sample_has_neither_fault_nor_warning(string file)
    {
        Directory.CreateDirectory(Path.Combine(_text.Folder, "sample"));
        foreach (var sample in Directory.GetFiles(Path.Combine(Folder, "sample")))
            File.Copy(sample, Path.Combine(_text.Folder, "sample", Path.GetFileName(sample)));
        var pair = _pki.Server("gateway.example");
        _text.Write("contoso-ca.pem", File.ReadAllText(_pki.AuthorityFile));
        foreach (var name in new[] { "litware", "server" })
        {
            _text.Write(name + ".pem", File.ReadAllText(pair.CertificateFile));
            File.SetUnixFileMode(_text.Write(name + ".key", File.ReadAllText(pair.KeyFile)), UnixFileMode.UserRead);
        }

        foreach (var secret in new[] { "contoso.password", "gateway.password", "admin.token", "otlp.headers" })
            File.SetUnixFileMode(_text.Write(secret, "name: secret\n"), UnixFileMode.UserRead);
        _text.Write("unixhost.ldif", "version: 1\n");
        _text.Environment["FABRIKAM_PASSWORD"] = "secret";

        _text.Valid(File.ReadAllText(Path.Combine(Folder, file)).Replace(Installed, _text.Folder + "/", StringComparison.Ordinal));
    }

    [Fact]
    public void The_full_sample_shows_every_setting()
    {
        var text = File.ReadAllText(Path.Combine(Folder, "full.yaml"));

        // A secret is given once, and not in the open.
        string[] otherWays = ["password", "adminToken", "adminTokenEnv"];
        var missing = SettingCatalogue.All.Select(static entry => entry.Setting.Key).Except(otherWays).Where(key => !text.Contains(key + ":", StringComparison.Ordinal));

        Assert.Empty(missing);
    }
}
