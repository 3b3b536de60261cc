using System.Collections.Immutable;
using LookupProxy.Host.Configuration.Values;
using LookupProxy.Resolution.Model;

namespace LookupProxy.Host.Configuration.Sections;

/// <summary>A namespace with the places of what other sections must agree with.</summary>
internal sealed record NamespaceEntry(
    NamespaceDefinition Definition,
    ImmutableArray<Located<string>> Domains,
    ImmutableArray<Located<string>> Directories);
