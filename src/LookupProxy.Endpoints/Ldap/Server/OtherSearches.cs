using LookupProxy.Ldap.Messages;

namespace LookupProxy.Endpoints.Ldap.Server;

/// <summary>Where every search ends that is not about an address. Refused, and never answered with success: no entry would be read as "nobody".</summary>
internal sealed class OtherSearches(LdapWire wire)
{
    /// <returns>The outcome's word.</returns>
    public string Answer(LdapMessage message)
    {
        wire.Write(message.MessageId, LdapReplies.NotAnAddress);
        return LdapWords.Refused;
    }
}
