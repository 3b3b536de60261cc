using System.Collections.Immutable;
using LookupProxy.Core.Lookups;
using LookupProxy.Endpoints.Policy;
using LookupProxy.Endpoints.Telemetry;
using LookupProxy.Endpoints.Tests.Connections;
using LookupProxy.TestKit.Time;

namespace LookupProxy.Endpoints.Tests.Policy;

internal sealed class PolicyFixture
{
    public const string Dunno = "action=DUNNO\n\n";

    private PolicyConnectionHandler? _handler;

    public FakeResolver Resolver { get; } = new();

    public ManualTimeProvider Time { get; } = new();

    public RecordingLogger<PolicyConnectionHandler> Log { get; } = new();

    public EndpointMetrics Metrics { get; } = new();

    public PolicyOptions Options { get; init; } = new();

    public NamespaceMap Namespaces { get; } = new(
        [new NamespaceOutline("shared", ["shared.example"], ["contoso"]), new NamespaceOutline("inner", ["inner.example"], ["contoso"])],
        new Dictionary<string, ImmutableArray<string>> { ["outer"] = ["shared"] },
        "default");

    public TestConnection Connect(int window = 64 * 1024) =>
        new TestConnection(window).ServedBy(_handler ??= new PolicyConnectionHandler(Resolver, Options, Time, Metrics, Log, Namespaces));

    /// <summary>One request on a connection of its own.</summary>
    public string Ask(string request)
    {
        var connection = Connect();
        connection.Send(request);
        return connection.Received();
    }

    public string AskFor(string recipient, params string[] more) => Ask(PolicyRequests.Rcpt(recipient, more));
}
