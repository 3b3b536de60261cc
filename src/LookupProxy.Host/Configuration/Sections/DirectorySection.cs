using LookupProxy.Host.Configuration.Model;
using LookupProxy.Host.Configuration.Values;

namespace LookupProxy.Host.Configuration.Sections;

/// <summary>One directory. Which keys it may hold hangs on its type.</summary>
internal sealed class DirectorySection : SectionReader<DirectoryEntry>
{
    private static readonly Setting<DirectoryType> Type = Setting.Required("type", DirectoryTypes.Any, DirectoryType.Unsaid);

    public override IReadOnlyList<Setting> Inner { get; } = [Type, .. LdapKeys.All, .. SnapshotKeys.All, .. FileKeys.All, .. RecipientKeys.All, .. ResilienceKeys.All];

    protected override bool TryBuild(Section section, out DirectoryEntry value)
    {
        var type = section.Get(Type);
        // A file is read whole or not at all, and has its own bound on how much of it may go.
        var resilience = ResilienceKeys.Read(section, guarded: type != DirectoryType.File);
        DirectorySettings? settings = null;
        switch (type)
        {
            case DirectoryType.Ldap:
                Refuse(section, FileKeys.All, "file");
                var (ldap, snapshot) = SnapshotKeys.Read(section, LdapKeys.Read(section));
                var (fitted, bounded) = LdapCapacity.Fit(ldap, resilience);
                settings = new DirectorySettings.Ldap(fitted, bounded) { Snapshot = snapshot };
                break;
            case DirectoryType.File:
                Refuse(section, LdapKeys.All, "ldap");
                Refuse(section, SnapshotKeys.All, "ldap; leave it out: a file needs no copy, it is held in memory whole and read again when it changes");
                settings = new DirectorySettings.File(FileKeys.Read(section), resilience);
                break;
        }

        var scope = section.Scope;
        var timeout = section.At(ResilienceKeys.Timeout);
        value = new DirectoryEntry(section.Name, scope.KeyOrigin, scope.Path, settings, new Located<TimeSpan>(resilience.Timeout, timeout.KeyOrigin, timeout.Path));
        return true;
    }

    private static void Refuse(Section section, IReadOnlyList<Setting> keys, string type)
    {
        foreach (var key in keys.Where(section.Has))
            section.At(key).Error($"only for type {type}");
    }
}
