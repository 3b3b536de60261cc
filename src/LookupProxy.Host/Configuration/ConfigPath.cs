namespace LookupProxy.Host.Configuration;

/// <summary>Paths of settings as faults and documentation write them: directories.contoso.servers[0].</summary>
internal static class ConfigPath
{
    public static string Join(string path, string key) => path.Length == 0 ? key : $"{path}.{key}";

    public static string Join(string path, int index) => $"{path}[{index}]";
}
