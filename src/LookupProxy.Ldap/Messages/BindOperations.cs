namespace LookupProxy.Ldap.Messages;

/// <summary>RFC 4511 4.2.</summary>
public sealed record BindRequest(int Version, string Name, BindAuthentication Authentication) : LdapOperation;

/// <summary>AuthenticationChoice, RFC 4511 4.2. Its text shows no password and no credentials, nor how long they are.</summary>
public abstract record BindAuthentication
{
    private BindAuthentication()
    {
    }

    public sealed record Simple(ReadOnlyMemory<byte> Password) : BindAuthentication
    {
        public override string ToString() => "simple";
    }

    public sealed record Sasl(string Mechanism, ReadOnlyMemory<byte>? Credentials = null) : BindAuthentication
    {
        public override string ToString() => $"SASL {Mechanism}";
    }

    /// <summary>A choice that is neither of RFC 4511's, by its tag. The answer is authMethodNotSupported.</summary>
    public sealed record Unsupported(byte Tag) : BindAuthentication
    {
        public override string ToString() => $"unsupported {Tag:X2}";
    }
}

/// <summary>RFC 4511 4.2.2.</summary>
public sealed record BindResponse(LdapResult Result, ReadOnlyMemory<byte>? ServerSaslCredentials = null) : LdapOperation;

/// <summary>RFC 4511 4.3.</summary>
public sealed record UnbindRequest : LdapOperation;
