using System.Collections.Immutable;
using LookupProxy.Core.Recipients;
using LookupProxy.Core.Storage;

namespace LookupProxy.Storage.Encoding;

/// <summary>
/// What a store holds of an address after one more sheet of it has come. Of each directory the newest answer stays. Absents stay together with those of
/// the same sheet only: two that were learnt by two nodes, or before and after a recipient moved, were perhaps never true together, and all of them
/// together make Invalid.
/// </summary>
internal static class SheetMerge
{
    /// <param name="now">What was given later was given by a clock that was wrong: it gives way to whatever comes, or nothing would take its place for years. Null where clocks are not looked at.</param>
    public static StoredSheet Merge(StoredSheet stored, StoredSheet come, DateTimeOffset? now)
    {
        var latest = now + ClockSkew.Limit ?? DateTimeOffset.MaxValue;
        var answers = ImmutableArray.CreateBuilder<StoredAnswer>(come.Answers.Length);
        var absentsOfCome = NewestAbsent(come) >= NewestAbsent(stored) || NewestAbsent(stored) > latest;
        foreach (var answer in come.Answers)
        {
            if (Stays(answer, absentsOfCome) && !(Find(stored, answer.Directory) is { } other && other.GivenAt > answer.GivenAt && other.GivenAt <= latest))
                answers.Add(answer);
        }

        foreach (var answer in stored.Answers)
        {
            if (Stays(answer, !absentsOfCome) && !(Find(come, answer.Directory) is { } other && (other.GivenAt >= answer.GivenAt || answer.GivenAt > latest)))
                answers.Add(answer);
        }

        return new StoredSheet(come.Key, answers.ToImmutable());
    }

    private static bool Stays(StoredAnswer answer, bool isOfNewestAbsents) => answer.Answer is Answer.Exists || isOfNewestAbsents;

    private static DateTimeOffset NewestAbsent(StoredSheet sheet) =>
        sheet.Answers.Where(static answer => answer.Answer is Answer.Absent).Select(static answer => answer.GivenAt).DefaultIfEmpty(DateTimeOffset.MinValue).Max();

    private static StoredAnswer? Find(StoredSheet sheet, string directory)
    {
        foreach (var answer in sheet.Answers)
        {
            if (answer.Directory == directory)
                return answer;
        }

        return null;
    }
}
