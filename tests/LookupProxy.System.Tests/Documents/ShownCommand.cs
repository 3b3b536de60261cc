namespace LookupProxy.SystemTests.Documents;

/// <summary>A command of a `console` block and what the document says comes back.</summary>
internal sealed record ShownCommand(string Text, string Output)
{
    /// <summary>In the order of the document. A command is a line that begins with "$ ", continued while lines end in a backslash.</summary>
    public static IReadOnlyList<ShownCommand> Of(string markdown)
    {
        var commands = new List<ShownCommand>();
        var inside = false;
        var continued = false;
        foreach (var line in markdown.Split('\n'))
        {
            if (line.StartsWith("```", StringComparison.Ordinal))
            {
                inside = line == "```console";
            }
            else if (inside && line.StartsWith("$ ", StringComparison.Ordinal))
            {
                commands.Add(new ShownCommand(line[2..], ""));
                continued = line.EndsWith('\\');
            }
            else if (inside && commands is [.., var last])
            {
                commands[^1] = continued ? last with { Text = $"{last.Text}\n{line}" } : last with { Output = last.Output + line + "\n" };
                continued = continued && line.EndsWith('\\');
            }
        }

        return commands;
    }
}
