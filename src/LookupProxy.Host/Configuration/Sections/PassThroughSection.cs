using LookupProxy.Endpoints.Ldap.Enumerating;
using LookupProxy.Endpoints.Ldap.Users;

namespace LookupProxy.Host.Configuration.Sections;

/// <summary>What the LDAP endpoint hands on to directories, beyond look-ups of addresses. All off by default.</summary>
internal sealed class PassThroughSection : SectionReader<PassThroughEntry>
{
    private static readonly Setting<PassThroughSearchOptions?> Search = Setting.Optional<PassThroughSearchOptions?>("search", new PassThroughSearchSection(), null);
    private static readonly Setting<UserBindOptions?> Bind = Setting.Optional<UserBindOptions?>("bind", new UserBindSection(), null);

    public override IReadOnlyList<Setting> Inner { get; } = [Search, Bind];

    protected override bool TryBuild(Section section, out PassThroughEntry value)
    {
        value = new PassThroughEntry(section.Get(Search), section.Get(Bind), section.At(Bind));
        return true;
    }
}
