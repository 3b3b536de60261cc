using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;

namespace LookupProxy.Host.Composition;

/// <summary>The authorities of clients' certificates, as their file is now. Who has bound stays bound when an authority goes.</summary>
internal sealed class ClientAuthorities(string file, TimeProvider time, ILogger logger)
{
    private readonly ReloadedFiles<X509Certificate2Collection> _files = new(
        [file],
        () => Load(file),
        time,
        authorities => HostLog.AuthoritiesReloaded(logger, file, authorities.Count),
        exception => HostLog.AuthoritiesNotReloaded(logger, exception, file));

    public X509Certificate2Collection Current => _files.Current;

    private static X509Certificate2Collection Load(string file)
    {
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPemFile(file);
        return authorities.Count > 0 ? authorities : throw new CryptographicException("no certificate in it");
    }
}
