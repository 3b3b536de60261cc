using System.Collections.Immutable;
using LookupProxy.Core.Health;

namespace LookupProxy.Endpoints.Tests.Http;

internal sealed class FakeAlarms : IAlarmSource, IAcceptance
{
    public ImmutableArray<Alarm> Current { get; set; } = [];

    /// <summary>The directory of which something is refused.</summary>
    public string? Refused { get; set; }

    public ValueTask<string?> AcceptAsync(string directory, CancellationToken cancellationToken) =>
        new(directory == Refused ? "40 recipients are gone" : null);
}
