using LookupProxy.Core.Recipients;
using LookupProxy.Endpoints.Http.Bodies;
using Spectre.Console;

namespace LookupProxy.Host.Commands;

/// <summary>Answers as tables, for people.</summary>
internal static class CheckReport
{
    public static void Write(Terminal terminal, IReadOnlyList<Checked> all)
    {
        var table = Tables.Of("address", "verdict", "why");
        foreach (var one in all)
        {
            var (word, colour) = Verdict(one);
            table.AddRow(new Text(one.Text), new Text(word, colour), new Text(Why(one)));
        }

        terminal.Show(table);
    }

    /// <summary>With what each directory said.</summary>
    public static void WriteExplained(Terminal terminal, IReadOnlyList<Checked> all)
    {
        foreach (var one in all)
        {
            var (word, colour) = Verdict(one);
            terminal.Show(new Paragraph($"{one.Text}: ").Append(word, colour).Append($": {Why(one)}"));
            if (one.Answer?.Evidence is { Length: > 0 } evidence)
                terminal.Show(new Padder(Evidence(evidence), new Padding(2, 0, 0, 0)));
        }
    }

    private static Table Evidence(EvidenceBody[] evidence)
    {
        var table = Tables.Of("directory", "says", "source", "age", "took", "asked for", "why");
        foreach (var piece in evidence)
        {
            table.AddRow(
                new Text(piece.Directory),
                new Text(Tables.Word(piece.Answer), Colour(piece.Answer)),
                new Text(Tables.Word(piece.Source)),
                new Text(piece.Source == EvidenceSource.Live ? "" : Tables.Seconds(piece.AgeSeconds)),
                new Text(Tables.Seconds(piece.TookSeconds)),
                new Text(piece.AskedFor ?? ""),
                new Text(piece.Reason is { } reason and not UnknownReason.None ? $"{reason}: {piece.Detail}" : piece.Detail ?? ""));
        }

        return table;
    }

    private static string Why(Checked one)
    {
        if (one.Answer is not { } answer)
            return one.Problem ?? "";
        if (answer.Evidence is [{ Source: EvidenceSource.Override } word])
            return $"an administrator's override: {word.Detail}";
        return answer.Verdict switch
        {
            VerdictKind.Valid when answer.Recipient is { Directory: { } directory } recipient => $"{Tables.Word(recipient.Kind)} in {directory}{Also(answer, recipient)}",
            VerdictKind.Valid => $"always valid in namespace {answer.Namespace}",
            VerdictKind.Invalid => $"no such recipient in {Names(answer, AnswerWord.Absent)}",
            VerdictKind.NotOurs => "no namespace has its domain",
            _ => $"{Names(answer, AnswerWord.Unknown)} cannot say ({answer.Reason}); a gateway is told to {Tables.Word(answer.Action)}",
        };
    }

    private static string Also(AnswerBody answer, RecipientBody recipient) =>
        (recipient.PrimaryAddress is { } primary && primary != answer.Address ? $", primary address {primary}" : "")
        + (recipient.Disabled ? ", disabled" : "")
        + (recipient.AuthenticatedSendersOnly ? ", for authenticated senders only" : "");

    private static string Names(AnswerBody answer, AnswerWord word) =>
        string.Join(", ", (answer.Evidence ?? []).Where(piece => piece.Answer == word).Select(static piece => piece.Directory).Distinct());

    private static (string Word, Color Colour) Verdict(Checked one) => one.Answer?.Verdict switch
    {
        VerdictKind.Valid => ("valid", Color.Green),
        VerdictKind.Invalid => ("invalid", Color.Red),
        VerdictKind.NotOurs => ("not ours", Color.Grey),
        null when one.IsBadAddress => ("no address", Color.Red),
        _ => ("unknown", Color.Yellow),
    };

    private static Color Colour(AnswerWord answer) => answer switch
    {
        AnswerWord.Exists => Color.Green,
        AnswerWord.Absent => Color.Grey,
        _ => Color.Yellow,
    };
}
