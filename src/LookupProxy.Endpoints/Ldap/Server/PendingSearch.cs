using LookupProxy.Core.Recipients;
using LookupProxy.Endpoints.Ldap.Enumerating;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.Endpoints.Ldap.Server;

/// <summary>A search that waits for the resolver.</summary>
internal sealed class PendingSearch(LdapMessage message, ClientRights rights, long began)
{
    public LdapMessage Message => message;

    public SearchRequest Search => (SearchRequest)message.Operation;

    /// <summary>Of the client when it asked.</summary>
    public ClientRights Rights => rights;

    /// <summary>Negative when nobody measures.</summary>
    public long Began => began;

    /// <summary>Its base is the entry that it is about.</summary>
    public bool IsNamed { get; init; }

    /// <summary>Every directory is waited for: by the first the recipient would not have been taken.</summary>
    public bool IsWhole { get; init; }

    /// <summary>The client wants no answer any more (RFC 4511 4.11).</summary>
    public bool IsAbandoned { get; set; }

    /// <summary>One for each address; null when the search failed.</summary>
    public Verdict[]? Verdicts { get; set; }

    /// <summary>The client's own time limit has passed.</summary>
    public bool IsLate { get; set; }

    /// <summary>Set when it is no look-up but a list.</summary>
    public EnumerationTurn? Turn { get; init; }

    public Exception? Error { get; set; }
}
