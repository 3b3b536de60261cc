using LookupProxy.Core.Addresses;
using LookupProxy.Core.Lookups;
using LookupProxy.Endpoints.Http.Bodies;
using LookupProxy.Host.Composition;

namespace LookupProxy.Host.Commands;

/// <summary>Asks the directories of a configuration itself.</summary>
internal sealed class EngineChecker(LookupEngine engine, string? view) : IAddressChecker
{
    public async Task<Checked> CheckAsync(string text, CancellationToken cancellationToken)
    {
        if (AddressParser.TryParse(text, AddressSyntax.Mailbox, out var address) is var fault and not AddressFault.None)
            return new Checked(text, null, $"no RFC 5321 mailbox ({fault})", IsBadAddress: true);
        var verdict = await engine.Resolver.ResolveAsync(new LookupRequest(address!, view, Explain: true), cancellationToken);
        return new Checked(text, AnswerBody.Of(verdict, explain: true));
    }

    public ValueTask DisposeAsync() => engine.DisposeAsync();
}
