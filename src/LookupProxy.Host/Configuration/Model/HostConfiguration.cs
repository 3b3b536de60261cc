using System.Collections.Immutable;
using LookupProxy.Endpoints.Http;
using LookupProxy.Endpoints.Ldap;
using LookupProxy.Endpoints.Policy;
using LookupProxy.Resolution.Model;

namespace LookupProxy.Host.Configuration.Model;

/// <summary>A whole configuration, checked. Immutable.</summary>
internal sealed record HostConfiguration
{
    public required ImmutableArray<DirectorySettings> Directories { get; init; }

    public required ResolverModel Resolver { get; init; }

    public StoreSettings Store { get; init; } = new StoreSettings.Memory();

    public EndpointSettings<PolicyOptions>? Policy { get; init; }

    public EndpointSettings<HttpApiOptions>? Http { get; init; }

    public EndpointSettings<LdapOptions>? Ldap { get; init; }

    public TelemetrySettings Telemetry { get; init; } = new();

    public LogSettings Log { get; init; } = new();

    /// <summary>How long requests that were begun may go on after SIGTERM.</summary>
    public required TimeSpan DrainFor { get; init; }
}
