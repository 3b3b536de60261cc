using LookupProxy.Core.Addresses;

namespace LookupProxy.Core.Storage;

/// <summary>What is to be forgotten: one address, a domain, or all.</summary>
public abstract record FlushScope
{
    private FlushScope()
    {
    }

    public sealed record OfAddress(Address Address) : FlushScope;

    /// <param name="Domain">Lower-case A-label.</param>
    public sealed record OfDomain(string Domain) : FlushScope;

    public sealed record OfAll : FlushScope;
}
