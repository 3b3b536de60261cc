using System.Collections.Immutable;
using LookupProxy.Core.Recipients;
using LookupProxy.Core.Storage;

namespace LookupProxy.Storage.Tests.Encoding;

/// <summary>Sheets to store.</summary>
internal static class Sheets
{
    /// <summary>Past by the clock of a real Redis, which takes what is of the future for the word of a clock that is wrong.</summary>
    public static readonly DateTimeOffset Noon = new(2020, 5, 17, 12, 0, 0, TimeSpan.Zero);

    public static StoredSheet Of(string key, params StoredAnswer[] answers) => new(key, [.. answers]);

    public static StoredAnswer Exists(string directory, double seconds = 0, double hours = 1) =>
        new(directory, new Answer.Exists(new Recipient { Directory = directory }), Noon.AddSeconds(seconds), TimeSpan.FromHours(hours));

    public static StoredAnswer Absent(string directory, double seconds = 0) => new(directory, Answer.No, Noon.AddSeconds(seconds), TimeSpan.FromSeconds(60)) { Origin = uint.MaxValue };

    /// <summary>A recipient that has everything.</summary>
    public static StoredAnswer Full(string directory) => new(
        directory,
        new Answer.Exists(new Recipient
        {
            Directory = directory,
            Kind = RecipientKind.Group,
            PrimaryAddress = "Anna.Öl@corp.example",
            DistinguishedName = "cn=Anna Öl,ou=people,dc=corp,dc=example",
            Disabled = true,
            AuthenticatedSendersOnly = true,
            Attributes = AttributeDictionary.Of(new Dictionary<string, ImmutableArray<string>>
            {
                ["mailHost"] = ["mx1.corp.example"],
                ["proxyAddresses"] = ["SMTP:anna@corp.example", "smtp:öl@corp.example", ""],
                ["empty"] = [],
            }),
        }),
        Noon,
        TimeSpan.FromMinutes(50));

    public static string Show(StoredSheet? sheet) =>
        sheet is null ? "none" : $"{sheet.Key}: {string.Join("; ", sheet.Answers.OrderBy(static answer => answer.Directory, StringComparer.Ordinal).Select(Show))}";

    private static string Show(StoredAnswer answer) => $"{answer.Directory} {Show(answer.Answer)} {answer.GivenAt:O} {answer.FreshFor} {answer.Origin}";

    private static string Show(Answer answer) => answer is Answer.Exists { Recipient: var r }
        ? $"{r.Directory} {r.Kind} {r.PrimaryAddress} {r.DistinguishedName} {r.Disabled} {r.AuthenticatedSendersOnly} {string.Join(',', r.Attributes.OrderBy(static a => a.Key, StringComparer.Ordinal).Select(static a => $"{a.Key}={string.Join('|', a.Value)}"))}"
        : "absent";
}
