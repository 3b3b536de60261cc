using Microsoft.Extensions.Logging;

namespace LookupProxy.Endpoints.Connections;

/// <summary>
/// Tells the operator of domains that gateways ask for and no namespace has. Over LDAP that is no entry, and a gateway that has the domain rejects all its mail: so it goes
/// with a domain that is misspelt in the configuration. The first ones, each once.
/// </summary>
/// <param name="answer">What is answered, for people.</param>
internal sealed class ForeignDomains(string endpoint, string answer, ILogger logger)
{
    public const int Most = 16;

    private readonly Lock _gate = new();
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);
    private volatile bool _isFull;

    public void Heard(ReadOnlySpan<char> domain)
    {
        if (_isFull)
            return;
        var name = domain.ToString();
        lock (_gate)
        {
            if (_told.Count == Most || !_told.Add(name))
                return;
            _isFull = _told.Count == Most;
        }

        ConnectionLog.ForeignDomain(logger, endpoint, name, answer, Most);
    }
}
