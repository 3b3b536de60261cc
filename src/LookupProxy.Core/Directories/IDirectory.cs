namespace LookupProxy.Core.Directories;

/// <summary>One source of recipients. Its servers are replicas: any one's answer is the directory's answer.</summary>
public interface IDirectory : IAsyncDisposable
{
    string Name { get; }

    /// <summary>The configuration's word: ldap, file, …</summary>
    string Type { get; }

    IReadOnlyList<IDirectoryServer> Servers { get; }
}
