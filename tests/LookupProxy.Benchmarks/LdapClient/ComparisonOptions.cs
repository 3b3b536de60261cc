namespace LookupProxy.Benchmarks.LdapClient;

/// <summary>What to search where. The directory holds people with mail u000000@bench.example to u(Entries-1)@bench.example.</summary>
internal sealed record ComparisonOptions
{
    public Uri Url { get; init; } = new("ldap://127.0.0.1:389");

    public string BindDn { get; init; } = "";

    public string Password { get; init; } = "";

    public string BaseDn { get; init; } = "dc=bench,dc=local";

    public int Entries { get; init; } = 10_000;

    public int Connections { get; init; } = 2;

    public int[] Outstanding { get; init; } = [1, 16, 256];

    public int Rounds { get; init; } = 5;

    public TimeSpan Time { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Set in a child process: the one that is measured.</summary>
    public string? Contestant { get; init; }

    public static ComparisonOptions Parse(string[] args)
    {
        var options = new ComparisonOptions();
        for (var i = 0; i + 1 < args.Length; i += 2)
            options = options.With(args[i], args[i + 1]);
        return args.Length % 2 == 0 ? options : throw new ArgumentException($"{args[^1]} has no value");
    }

    public string[] ToArguments(string contestant, int outstanding) =>
    [
        "--url", Url.ToString(), "--bind", BindDn, "--password", Password, "--base", BaseDn, "--entries", $"{Entries}", "--connections", $"{Connections}",
        "--outstanding", $"{outstanding}", "--seconds", $"{Time.TotalSeconds}", "--contestant", contestant,
    ];

    private ComparisonOptions With(string name, string value) => name switch
    {
        "--url" => this with { Url = new Uri(value) },
        "--bind" => this with { BindDn = value },
        "--password" => this with { Password = value },
        "--base" => this with { BaseDn = value },
        "--entries" => this with { Entries = int.Parse(value) },
        "--connections" => this with { Connections = int.Parse(value) },
        "--outstanding" => this with { Outstanding = [.. value.Split(',').Select(int.Parse)] },
        "--rounds" => this with { Rounds = int.Parse(value) },
        "--seconds" => this with { Time = TimeSpan.FromSeconds(double.Parse(value)) },
        "--contestant" => this with { Contestant = value },
        _ => throw new ArgumentException($"{name} is none of --url --bind --password --base --entries --connections --outstanding --rounds --seconds"),
    };
}
