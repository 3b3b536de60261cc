using System.Collections.Immutable;
using LookupProxy.Host.Configuration.Values;

namespace LookupProxy.Host.Configuration.Sections;

internal sealed record ViewEntry(string Name, ImmutableArray<Located<string>> Namespaces);
