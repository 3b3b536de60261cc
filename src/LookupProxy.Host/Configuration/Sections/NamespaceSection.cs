using System.Collections.Immutable;
using LookupProxy.Core.Recipients;
using LookupProxy.Host.Configuration.Faults;
using LookupProxy.Host.Configuration.Values;
using LookupProxy.Resolution.Model;

namespace LookupProxy.Host.Configuration.Sections;

internal sealed class NamespaceSection : SectionReader<NamespaceEntry>
{
    private const string Postmaster = "postmaster";

    private static readonly Setting<ImmutableArray<Located<string>>> Domains =
        Setting.Required("domains", new Lists<string>(DomainNames.Any), []);

    private static readonly Setting<ImmutableArray<(Located<string> Left, Located<string> Right)>> DomainAliases =
        Setting.Optional("domainAliases", new TextPairs(DomainNames.Any, DomainNames.Any, "ALIAS: DOMAIN, where DOMAIN is among domains"), []);

    private static readonly Setting<ImmutableArray<Located<string>>> Directories =
        Setting.Required("directories", new Lists<string>(new Texts("names under directories")), []);

    private static readonly Setting<string> RecipientDelimiter =
        Setting.Optional("recipientDelimiter", new Texts("none or some punctuation characters, as Postfix's recipient_delimiter", DelimiterComplaint), "");

    private static readonly Setting<WhenUnknown> OnUnknown = Setting.Optional(
        "whenUnknown", new Choices<WhenUnknown>(("defer", WhenUnknown.Defer), ("accept", WhenUnknown.Accept)), WhenUnknown.Defer);

    private static readonly Setting<bool> CaseSensitive = Setting.Optional("caseSensitive", Booleans.Any, false);

    private static readonly Setting<ImmutableArray<Located<string>>> AlwaysValid = Setting.Optional(
        "alwaysValid", new Lists<string>(new Texts("local parts; postmaster always is one", LocalPartComplaint), mayBeEmpty: true), [new Located<string>(Postmaster, default, "")]);

    public override IReadOnlyList<Setting> Inner { get; } =
        [Domains, DomainAliases, Directories, RecipientDelimiter, OnUnknown, CaseSensitive, AlwaysValid];

    protected override bool TryBuild(Section section, out NamespaceEntry value)
    {
        var domains = section.Get(Domains);
        var aliases = section.Get(DomainAliases);
        var directories = section.Get(Directories);
        var definition = new NamespaceDefinition
        {
            Name = section.Name,
            Domains = [.. domains.Select(static domain => domain.Value)],
            DomainAliases = CheckedAliases(section, domains, aliases),
            Directories = [.. directories.Select(static directory => directory.Value)],
            RecipientDelimiter = section.Get(RecipientDelimiter),
            WhenUnknown = section.Get(OnUnknown),
            CaseSensitive = section.Get(CaseSensitive),
            AlwaysValid = [.. section.Get(AlwaysValid).Select(static local => local.Value).Append(Postmaster).Distinct(StringComparer.OrdinalIgnoreCase)],
        };
        value = new NamespaceEntry(definition, [.. domains, .. aliases.Select(static alias => alias.Left)], directories);
        return true;
    }

    private static ImmutableDictionary<string, string> CheckedAliases(
        Section section, ImmutableArray<Located<string>> domains, ImmutableArray<(Located<string> Left, Located<string> Right)> aliases)
    {
        var names = domains.Select(static domain => domain.Value).ToList();
        var map = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var (alias, domain) in aliases)
        {
            if (!names.Contains(domain.Value))
                section.Scope.Context.Faults.Error(domain.Origin, domain.Path, "not among domains", domain.Value, string.Join(", ", names), Misspelling.Nearest(domain.Value, names));
            map[alias.Value] = domain.Value;
        }

        return map.ToImmutable();
    }

    private static string? DelimiterComplaint(string text) =>
        text.Length <= 8 && text.All(static c => (char.IsAsciiLetterOrDigit(c), char.IsAscii(c), char.IsControl(c), c) is (false, true, false, not ('@' or ' ' or '"'))) ? null : "not punctuation";

    private static string? LocalPartComplaint(string text) => text.Length > 0 && !text.Contains('@') ? null : "not a local part";
}
