using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.Ldap.Client.Connecting;

/// <summary>What one bind needs. Disposing wipes the password.</summary>
internal sealed class LdapCredentials : IDisposable
{
    private readonly LdapBindOptions _options;
    private readonly byte[] _password;

    private LdapCredentials(LdapBindOptions options, byte[] password)
    {
        _options = options;
        _password = password;
    }

    public ReadOnlySpan<byte> Password => _password;

    /// <summary>For logs.</summary>
    public string Identity => _options.Method switch
    {
        LdapBindMethod.Simple => _options.Name,
        LdapBindMethod.External => "the client certificate",
        _ => "anonymous",
    };

    /// <summary>Null: nothing to send. A connection without a bind is anonymous (RFC 4511 4.2).</summary>
    public BindRequest? ToRequest() => _options.Method switch
    {
        LdapBindMethod.Simple => new BindRequest(3, _options.Name, new BindAuthentication.Simple(_password)),
        LdapBindMethod.External => new BindRequest(3, "", new BindAuthentication.Sasl("EXTERNAL", ReadOnlyMemory<byte>.Empty)),
        _ => null,
    };

    /// <summary>
    /// Reads the password. A name without a password is refused here: servers take it for an anonymous bind that succeeds (RFC 4513 5.1.2),
    /// and what an anonymous user doesn't see would then look absent.
    /// </summary>
    public static bool TryRead(LdapBindOptions options, string server, [NotNullWhen(true)] out LdapCredentials? credentials, [NotNullWhen(false)] out LdapFault? fault)
    {
        credentials = null;
        fault = null;
        if (options.Method != LdapBindMethod.Simple)
        {
            credentials = new LdapCredentials(options, []);
            return true;
        }

        var trouble = Read(options, out var password);
        if (trouble is not null)
        {
            fault = new LdapFault(LdapFaultKind.BindRefused, $"no bind at {server} as {options.Name}: {trouble}");
            return false;
        }

        credentials = new LdapCredentials(options, Encoding.UTF8.GetBytes(password));
        return true;
    }

    /// <summary>Somebody else's, to be tried once. The password is copied, so that it can be wiped here.</summary>
    public static LdapCredentials Of(string name, ReadOnlySpan<byte> password) =>
        new(new LdapBindOptions { Method = LdapBindMethod.Simple, Name = name }, password.ToArray());

    public void Dispose() => CryptographicOperations.ZeroMemory(_password);

    private static string? Read(LdapBindOptions options, out string password)
    {
        password = "";
        if (options.Name.Length == 0)
            return "a simple bind needs a name";
        try
        {
            password = options.ReadPassword?.Invoke() ?? "";
        }
        catch (Exception exception)
        {
            // The text of a file error is the file's name; what other errors say is not known to be free of secrets.
            return exception is IOException or UnauthorizedAccessException ? $"the password cannot be read: {exception.Message}" : $"the password cannot be read ({exception.GetType().Name})";
        }

        return password.Length == 0 ? "the password is empty" : null;
    }
}
