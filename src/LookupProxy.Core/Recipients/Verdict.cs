using System.Collections.Immutable;
using LookupProxy.Core.Addresses;

namespace LookupProxy.Core.Recipients;

/// <summary>What all the directories of a namespace together mean for one address.</summary>
public sealed record Verdict
{
    public required VerdictKind Kind { get; init; }

    /// <summary>The address as asked.</summary>
    public required Address Address { get; init; }

    /// <summary>Null when <see cref="VerdictKind.NotOurs"/>.</summary>
    public string? Namespace { get; init; }

    /// <summary>Set when <see cref="VerdictKind.Valid"/>.</summary>
    public Recipient? Recipient { get; init; }

    /// <summary>The form of the address that decided: without the delimiter's extension, in the domain that an alias stands for.</summary>
    public Address? DecidedAs { get; init; }

    /// <summary>Set when <see cref="VerdictKind.Unknown"/>: the first reason found.</summary>
    public UnknownReason Reason { get; init; }

    public WhenUnknown WhenUnknown { get; init; }

    /// <summary>One for each directory that has a say, for each form of the address that was looked at. Filled when the request asked to explain and whenever a directory was asked; else empty.</summary>
    public ImmutableArray<Evidence> Evidence { get; init; } = [];
}
