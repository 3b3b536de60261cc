using System.Reflection;

namespace LookupProxy.Host;

internal static class BuildInfo
{
    /// <summary>With the commit after a "+" where the build knew it.</summary>
    public static string Version { get; } =
        typeof(BuildInfo).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
}
