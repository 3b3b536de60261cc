namespace LookupProxy.SystemTests.Proxy;

internal static class Repository
{
    public static string Root { get; } = Find();

    public static string File(string path) => Path.Combine(Root, path);

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (System.IO.File.Exists(Path.Combine(folder.FullName, "LookupProxy.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException("These tests run from the repository's own build");
    }
}
