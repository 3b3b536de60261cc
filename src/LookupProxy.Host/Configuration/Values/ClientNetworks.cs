using LookupProxy.Endpoints.Ldap.Firewall;

namespace LookupProxy.Host.Configuration.Values;

/// <summary>Where clients come from. No host names: what they resolve to is for others to say.</summary>
internal sealed class ClientNetworks : ScalarReader<ClientNetwork>
{
    public static readonly ClientNetworks Any = new();

    public override string Allowed => ClientNetwork.Forms;

    protected override string? Parse(string text, ReadScope scope, out ClientNetwork value)
    {
        if (ClientNetwork.TryParse(text, out value!))
            return null;
        return text.Contains('/', StringComparison.Ordinal) ? "not a network; behind the prefix its address has only zeros (10.0.0.0/8)" : "not an address";
    }
}
