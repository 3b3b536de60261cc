using LookupProxy.Core.Text;
using LookupProxy.Endpoints.Connections;
using LookupProxy.Endpoints.Ldap.Server;
using LookupProxy.Endpoints.Ldap.Users;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.Endpoints.Ldap.Accounts;

/// <summary>Bind, RFC 4511 4.2 and RFC 4513: who the client of a connection is.</summary>
/// <param name="users">Null when end users can't bind.</param>
internal sealed class BindDesk(LdapOptions options, ConnectionServices services, UserBindDesk? users)
{
    private const int MaxLoggedName = 200;

    private const string LogonName = @"users bind with a mail address, a principal name (user@domain) or the name that a search returned; DOMAIN\user is not known here";

    private readonly PasswordDesk _passwords = new(options, services.Time);
    private readonly CertificateDesk _certificates = new(options);
    private readonly LogThrottle _throttle = new(services.Time, burst: 10, window: TimeSpan.FromMinutes(1));

    public async ValueTask<BindOutcome> BindAsync(BindRequest request, LdapWire wire, ClientRights nobody)
    {
        var began = services.Time.GetTimestamp();
        BindOutcome outcome;
        try
        {
            outcome = await DecideAsync(request, wire, nobody);
        }
        catch (Exception e)
        {
            // A fault of ours is no wrong password.
            LdapLog.BindThrew(services.Logger, e);
            outcome = BindOutcome.Of(ResultCode.Unavailable, "the bind could not be decided; try again");
        }

        var isBound = outcome.Result.Code == ResultCode.Success;
        if (!isBound)
            LogFailure(request, wire, outcome);
        services.Metrics.Answered(services.Endpoint, isBound ? LdapWords.Bound : LdapWords.BindFailed, services.Time.GetElapsedTime(began));
        return outcome;
    }

    private ValueTask<BindOutcome> DecideAsync(BindRequest request, LdapWire wire, ClientRights nobody)
    {
        if (request.Version != 3)
            return new(BindOutcome.Of(ResultCode.ProtocolError, "only LDAP version 3 is spoken"));
        return request.Authentication switch
        {
            BindAuthentication.Simple simple => DecideSimpleAsync(request.Name, simple.Password, wire, nobody),
            BindAuthentication.Sasl { Mechanism: "EXTERNAL" } external => new(_certificates.Check(wire.ClientCertificate, (external.Credentials ?? default).Span)),
            _ => new(BindOutcome.Of(ResultCode.AuthMethodNotSupported, "only simple binds and SASL EXTERNAL are supported")),
        };
    }

    private ValueTask<BindOutcome> DecideSimpleAsync(string name, ReadOnlyMemory<byte> password, LdapWire wire, ClientRights nobody)
    {
        // Nobody is let in and may do what an unbound client may: read the root DSE, as tools and load balancers' checks do, and search where that is allowed.
        if (name.Length == 0 && password.IsEmpty)
            return new(new BindOutcome(new LdapResult(ResultCode.Success), null));

        // RFC 4513 5.1.2: a client that forgot its password must not believe that it is somebody.
        if (password.IsEmpty)
            return new(BindOutcome.Of(ResultCode.UnwillingToPerform, "a name without a password proves nothing"));
        if (!wire.IsPrivate && !options.AllowClearTextBind)
            return new(BindOutcome.Of(ResultCode.ConfidentialityRequired, "a password needs TLS"));
        if (users is not null && !_passwords.Has(name) && users.TryReadUser(name, out var user))
            return users.CheckAsync(user, password, nobody, wire.Client);
        if (users is not null && !_passwords.HasLogonNames && AccountName.IsLogonName(name))
            return new(BindOutcome.Of(ResultCode.InvalidDNSyntax, LogonName));
        return _passwords.CheckAsync(name, password, wire.Client);
    }

    private void LogFailure(BindRequest request, LdapWire wire, BindOutcome outcome)
    {
        if (!_throttle.Allow(out var suppressed))
            return;
        LdapLog.BindFailed(services.Logger, wire.Client, ClientText.Show(request.Name, MaxLoggedName), $"{outcome.Result.Code} {outcome.Why ?? outcome.Result.DiagnosticMessage}".TrimEnd(), suppressed);
    }
}
