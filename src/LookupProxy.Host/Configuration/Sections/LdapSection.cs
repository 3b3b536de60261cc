using System.Collections.Immutable;
using LookupProxy.Endpoints.Ldap;
using LookupProxy.Endpoints.Ldap.Accounts;
using LookupProxy.Host.Configuration.Model;
using LookupProxy.Host.Configuration.Values;
using LookupProxy.Ldap.Names;

namespace LookupProxy.Host.Configuration.Sections;

internal sealed class LdapSection : SectionReader<LdapEntry>
{
    private static readonly LdapOptions Defaults = new();

    private static readonly Setting<string> Suffix = Setting.Optional(
        "suffix", new Texts("a DN", static text => DistinguishedName.TryParse(text, out var name) && !name.IsRoot ? null : "not a distinguished name"), Defaults.Suffix);

    private static readonly Setting<LdapFlavour> Flavour = Setting.Optional(
        "flavour", new Choices<LdapFlavour>(("openldap", LdapFlavour.OpenLdap), ("active-directory", LdapFlavour.ActiveDirectory)), Defaults.Flavour);

    private static readonly Setting<ImmutableArray<Located<LdapAccountEntry>>> Accounts =
        Setting.Optional("accounts", new Lists<LdapAccountEntry>(new LdapAccountSection(), mayBeEmpty: true, separator: null), [], "none");

    private static readonly Setting<bool> Anonymous = Setting.Optional("anonymous", Booleans.Any, Defaults.Anonymous);
    private static readonly Setting<bool> AllowClearTextBind = Setting.Optional("allowClearTextBind", Booleans.Any, Defaults.AllowClearTextBind);
    private static readonly Setting<string?> View = Setting.Maybe("view", new Texts("a view's name"));
    private static readonly Setting<string?> DefaultDomain = Setting.Maybe("defaultDomain", DomainNames.Any);

    private static readonly Setting<ImmutableArray<Located<LdapRuleEntry>>> Rules =
        Setting.Optional("rules", new Lists<LdapRuleEntry>(new LdapRuleSection(), mayBeEmpty: true, separator: null), [], "none");

    private static readonly Setting<LdapEntriesEntry> Entries = Setting.Optional("entries", new LdapEntriesSection(), LdapEntriesEntry.None);
    private static readonly Setting<PassThroughEntry?> PassThrough = Setting.Maybe("passThrough", new PassThroughSection());

    private static readonly Setting<TimeSpan> IdleTimeout =
        Setting.Optional("idleTimeout", new Durations(TimeSpan.FromSeconds(1), TimeSpan.FromDays(1)), Defaults.IdleTimeout);

    private static readonly Setting<TimeSpan> RequestTimeout =
        Setting.Optional("requestTimeout", new Durations(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10)), Defaults.RequestTimeout);

    private static readonly Setting<int> MaxConnections = Setting.Optional("maxConnections", new Integers(1, 1_000_000), Defaults.MaxConnections);
    private static readonly Setting<int> MaxConnectionsPerClient = Setting.Optional("maxConnectionsPerClient", new Integers(1, 1_000_000), Defaults.MaxConnectionsPerClient);
    private static readonly Setting<int> MaxOutstanding = Setting.Optional("maxOutstanding", new Integers(1, 10_000), Defaults.MaxOutstanding);
    private static readonly Setting<int> MaxRequestBytes = Setting.Optional("maxRequestBytes", new ByteSizes(4096, 16 * 1024 * 1024), Defaults.MaxRequestBytes);

    public override IReadOnlyList<Setting> Inner { get; } =
    [
        .. ListenerKeys.AllWithStartTls, Suffix, Flavour, Accounts, Anonymous, AllowClearTextBind, View, DefaultDomain, Entries,
        IdleTimeout, RequestTimeout, MaxConnections, MaxConnectionsPerClient, MaxOutstanding, MaxRequestBytes, Rules, PassThrough,
    ];

    protected override bool TryBuild(Section section, out LdapEntry value)
    {
        var (accounts, entries) = (section.Get(Accounts), section.Get(Entries));
        var passThrough = section.Get(PassThrough);
        var options = new LdapOptions
        {
            Suffix = section.Get(Suffix),
            Flavour = section.Get(Flavour),
            Accounts = [.. accounts.Select(static account => account.Value.Options)],
            Anonymous = section.Get(Anonymous),
            AllowClearTextBind = section.Get(AllowClearTextBind),
            View = section.Get(View),
            DefaultDomain = section.Get(DefaultDomain),
            Entries = entries.Options,
            IdleTimeout = section.Get(IdleTimeout),
            RequestTimeout = section.Get(RequestTimeout),
            MaxConnections = section.Get(MaxConnections),
            MaxConnectionsPerClient = section.Get(MaxConnectionsPerClient),
            MaxOutstanding = section.Get(MaxOutstanding),
            MaxRequestBytes = section.Get(MaxRequestBytes),
            Search = passThrough?.Search,
            UserBind = passThrough?.Bind,
        };
        var settings = ListenerKeys.Read(section, options, hasStartTls: true);
        CheckAccounts(accounts, settings.Tls);
        var rules = section.Get(Rules);
        LdapRuleChecks.CheckOwn(rules, options.Accounts, section.Scope.Context.Faults);
        CheckAccess(section, settings);
        value = new LdapEntry(settings, [.. Views(section, accounts)], [.. rules.Select(static rule => rule.Value)], passThrough)
        {
            Attributes = entries.Named,
            DefaultDomain = options.DefaultDomain is { } domain ? new Located<string>(domain, section.ValueOrigin(DefaultDomain), section.At(DefaultDomain).Path) : null,
        };
        return true;
    }

    private static void CheckAccounts(ImmutableArray<Located<LdapAccountEntry>> accounts, ServerTlsSettings? tls)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var subjects = new HashSet<DistinguishedName>();
        foreach (var (account, _, _) in accounts)
        {
            if (!names.Add(AccountName.Normalise(account.Options.Name)))
                account.Name.Error("another account has this name");
            if (account.Options.CertificateSubject is not { } subject)
                continue;
            if (DistinguishedName.TryParse(subject, out var name) && !subjects.Add(name))
                account.Subject.Error("another account has this subject");
            if (tls?.ClientCaFile is null)
                account.Subject.Error("needs tls.clientCaFile, the authority of the clients' certificates");
        }
    }

    /// <summary>Whether anybody can ask, and who may read along.</summary>
    private static void CheckAccess(Section section, EndpointSettings<LdapOptions> settings)
    {
        var options = settings.Options;
        if (options.Accounts.IsEmpty && !options.Anonymous && options.UserBind is null)
            section.Scope.Error(section.Scope.KeyOrigin, "nobody may ask; give accounts, or on loopback anonymous: true");
        var open = settings.Listeners.FirstOrDefault(static listener => listener.Address.IsOnTheNetwork);
        if (open is null)
            return;
        if (options.Anonymous)
            section.At(Anonymous).Warning($"whoever reaches {open.Address} may ask which recipients exist, without a password");
        if (options.AllowClearTextBind)
            section.At(AllowClearTextBind).Warning("passwords cross the network in the clear; use listenTls, or tls for StartTLS");
        else if (settings.Tls is null && !options.Accounts.IsEmpty)
            section.Scope.Error(section.Scope.KeyOrigin, $"no account can bind over the network at {open.Address} without TLS; give tls, or allowClearTextBind: true");
    }

    private static IEnumerable<Located<string>> Views(Section section, ImmutableArray<Located<LdapAccountEntry>> accounts)
    {
        if (section.Get(View) is { } view)
            yield return new Located<string>(view, section.ValueOrigin(View), section.At(View).Path);
        foreach (var (account, _, _) in accounts)
        {
            if (account.View is { } own)
                yield return own;
        }
    }
}
