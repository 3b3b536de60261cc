namespace LookupProxy.Core.Storage;

/// <summary>What became of a word to all nodes.</summary>
public enum Telling
{
    /// <summary>Every node that can be reached has heard it.</summary>
    Done,

    /// <summary>It is told when that is possible, also by the process that comes after this one.</summary>
    Kept,

    /// <summary>It is told when that is possible, unless this process ends first.</summary>
    Waits,
}
