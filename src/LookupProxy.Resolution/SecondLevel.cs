using LookupProxy.Core.Overrides;
using LookupProxy.Core.Storage;

namespace LookupProxy.Resolution;

/// <summary>What is behind memory. All of it stays the caller's: it is to be disposed after the resolver.</summary>
/// <param name="Store">Null: answers live in memory only.</param>
/// <param name="News">Null: there is no other node.</param>
/// <param name="Overrides">Null: overrides end with the process.</param>
public sealed record SecondLevel(IAnswerStore? Store = null, IClusterNews? News = null, IOverrideStore? Overrides = null);
