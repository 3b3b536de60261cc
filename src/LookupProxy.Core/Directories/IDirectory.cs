namespace LookupProxy.Core.Directories;

/// <summary>One source of recipients. Its servers are replicas: any one's answer is the directory's answer.</summary>
public interface IDirectory : IAsyncDisposable
{
    string Name { get; }

    /// <summary>The configuration's word: ldap, file, …</summary>
    string Type { get; }

    IReadOnlyList<IDirectoryServer> Servers { get; }

    /// <summary>What it is asked, as whom, and how its answers are read, in any words: after a change of it, answers from before are to another question.</summary>
    string Origin => "";

    /// <summary>All that may be told of its recipients.</summary>
    IReadOnlyCollection<string> PublishedAttributes => [];
}
