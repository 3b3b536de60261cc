using LookupProxy.Core.Storage;
using LookupProxy.Storage.Encoding;
using static LookupProxy.Storage.Tests.Encoding.Sheets;

namespace LookupProxy.Storage.Tests.Encoding;

public sealed class SheetMergeTests
{
    [Fact]
    public void The_newer_answer_of_a_directory_stays_whichever_comes_last()
    {
        Same([Exists("a", 10)], Merged([Exists("a", 0)], [Exists("a", 10)]));
        Same([Exists("a", 10)], Merged([Exists("a", 10)], [Exists("a", 0)]));
        Same([Absent("a", 10)], Merged([Exists("a", 0)], [Absent("a", 10)]));
        Same([Absent("a", 10)], Merged([Absent("a", 10)], [Exists("a", 0)]));
        Same([Exists("a", 10)], Merged([Absent("a", 0)], [Exists("a", 10)]));
    }

    [Fact]
    public void What_several_directories_have_stays_beside_each_other() =>
        Same([Exists("a", 0), Exists("b", 10)], Merged([Exists("a", 0)], [Exists("b", 10)]));

    [Fact]
    public void An_exists_stays_when_absents_of_others_come() =>
        Same([Exists("a", 0), Absent("b", 10)], Merged([Exists("a", 0)], [Absent("b", 10)]));

    [Fact]
    public void Absents_of_two_sheets_are_never_put_together()
    {
        // The recipient may have moved from b to a between the two.
        Same([Absent("b", 10)], Merged([Absent("a", 0)], [Absent("b", 10)]));
        Same([Absent("b", 10)], Merged([Absent("b", 10)], [Absent("a", 0)]));
    }

    [Fact]
    public void Who_moved_is_not_absent_from_both()
    {
        // Found to be gone from a, which forgets what b said before: that must not come back out of the store.
        Same([Absent("a", 10)], Merged([Exists("a", 0), Absent("b", 5)], [Absent("a", 10)]));
    }

    [Fact]
    public void Who_is_gone_does_not_come_back_with_an_older_sheet_whatever_else_it_has() =>
        Same([Absent("b", 20)], Merged([Absent("a", 10)], [Exists("a", 0), Absent("b", 20)]));

    [Fact]
    public void What_a_clock_that_was_wrong_gave_in_the_future_gives_way_to_what_comes()
    {
        Same([Absent("a", 10)], Merged([Exists("a", 86_400)], [Absent("a", 10)]));
        Same([Exists("a", 10)], Merged([Absent("a", 86_400)], [Exists("a", 10)]));
        Same([Absent("a", 10)], Merged([Absent("a", 86_400), Absent("b", 86_400)], [Absent("a", 10)]));
        Same([Exists("a", 86_400), Absent("b", 10)], Merged([Exists("a", 86_400)], [Absent("b", 10)]));

        // Clocks that are well differ a little.
        Same([Exists("a", 80)], Merged([Exists("a", 80)], [Absent("a", 10)]));
    }

    private static StoredSheet Merged(StoredAnswer[] stored, StoredAnswer[] come) => SheetMerge.Merge(Of("k", stored), Of("k", come), Noon.AddSeconds(30));

    private static void Same(StoredAnswer[] expected, StoredSheet actual) => Assert.Equal(Show(Of("k", expected)), Show(actual));
}
