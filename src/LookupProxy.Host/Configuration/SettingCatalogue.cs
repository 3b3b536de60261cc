using LookupProxy.Host.Configuration.Sections;

namespace LookupProxy.Host.Configuration;

/// <summary>Every setting there is, with its path; NAME stands for what the operator calls something.</summary>
internal static class SettingCatalogue
{
    public static IEnumerable<(string Path, Setting Setting)> All => Below("", ConfigurationLoader.Settings);

    private static IEnumerable<(string Path, Setting Setting)> Below(string path, IReadOnlyList<Setting> settings)
    {
        foreach (var setting in settings.Where(static setting => setting.IsBuilt))
        {
            var own = ConfigPath.Join(path, setting.Key);
            if (setting.Inner.Count == 0)
                yield return (own, setting);
            foreach (var inner in Below(own + setting.InnerStep, setting.Inner))
                yield return inner;
        }
    }
}
