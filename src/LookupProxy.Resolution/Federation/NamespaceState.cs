using System.Collections.Frozen;
using System.Collections.Immutable;
using LookupProxy.Core.Recipients;
using LookupProxy.Resolution.Caching;
using LookupProxy.Resolution.Health;
using LookupProxy.Resolution.Model;

namespace LookupProxy.Resolution.Federation;

/// <summary>A namespace made ready for lookups.</summary>
internal sealed class NamespaceState
{
    private static readonly FrozenSet<string> Postmaster = FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "postmaster");

    private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> _alwaysValid;

    public NamespaceState(NamespaceDefinition definition, ImmutableArray<IDirectoryAsker> directories)
    {
        if (directories.IsEmpty)
            throw new ArgumentException($"Namespace '{definition.Name}' has no directory.", nameof(definition));
        Name = definition.Name;
        Directories = directories;
        HasPrimaryCopies = directories.Any(static directory => directory.Copy is { IsPrimary: true });
        Delimiters = definition.RecipientDelimiter;
        CaseSensitive = definition.CaseSensitive;
        WhenUnknown = definition.WhenUnknown;
        _alwaysValid = definition.AlwaysValid
            .Concat(Postmaster)
            .ToFrozenSet(StringComparer.OrdinalIgnoreCase)
            .GetAlternateLookup<ReadOnlySpan<char>>();
        Tags = new LookupTags(definition.Name);
        NoAnswers = new Slot[directories.Length];
    }

    public string Name { get; }

    /// <summary>A slot's number on a sheet is its directory's place here.</summary>
    public ImmutableArray<IDirectoryAsker> Directories { get; }

    /// <summary>The slots of a sheet on which nothing is yet. Never written to.</summary>
    public Slot[] NoAnswers { get; }

    /// <summary>There are directories whose local copy is asked first.</summary>
    public bool HasPrimaryCopies { get; }

    public string Delimiters { get; }

    public bool CaseSensitive { get; }

    public WhenUnknown WhenUnknown { get; }

    public LookupTags Tags { get; }

    /// <summary>-1 when it is none of the namespace's.</summary>
    public int IndexOf(string directory)
    {
        for (var i = 0; i < Directories.Length; i++)
        {
            if (Directories[i].Name == directory)
                return i;
        }

        return -1;
    }

    public bool IsAlwaysValid(ReadOnlySpan<char> localPart) => _alwaysValid.Contains(localPart);
}
