using System.Collections.Immutable;
using LookupProxy.Ldap.Controls;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.Ldap.Client;

/// <summary>One connection and one search on it at a time. For one caller: nothing of it is safe for several threads at once. Disposing closes the connection.</summary>
public interface ILdapSession : IAsyncDisposable
{
    /// <summary>host:port.</summary>
    string Server { get; }

    /// <summary>Whether it still takes searches. False after a fault, and after answers that were not read to their end.</summary>
    bool IsUsable { get; }

    /// <summary>
    /// A search whose responses are read as they come, in whatever number. Sent with the first <see cref="ILdapResponses.ReadAsync"/>.
    /// The one before must have ended or have been disposed.
    /// </summary>
    /// <param name="silence">The longest wait for one more PDU. The time the caller takes between two reads does not count.</param>
    ILdapResponses Search(SearchRequest request, ImmutableArray<LdapControl> controls, TimeSpan silence);
}
