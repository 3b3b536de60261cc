namespace LookupProxy.Resolution.Tests.Federation;

/// <summary>Who is looked for in a schedule.</summary>
/// <param name="Mailbox">The address that the directories know.</param>
/// <param name="HeldBy">Whether the directory of that number, of so many, has it.</param>
internal sealed record Cast(string Address, string Mailbox, Func<int, int, bool> HeldBy)
{
    public static readonly Cast[] People =
    [
        new("anna@corp.example", "anna@corp.example", static (directory, _) => directory == 0),
        new("bert@corp.example", "bert@corp.example", static (directory, of) => directory == of - 1),
        new("everyone@corp.example", "everyone@corp.example", static (_, _) => true),
        new("ANNA+news@alias.example", "anna@corp.example", static (directory, _) => directory == 0),
        new("nobody@corp.example", "nobody@corp.example", static (_, _) => false),
        new("noone+ever@corp.example", "noone@corp.example", static (_, _) => false),
    ];

    public bool IsHeld(int directories) => Enumerable.Range(0, directories).Any(directory => HeldBy(directory, directories));
}
