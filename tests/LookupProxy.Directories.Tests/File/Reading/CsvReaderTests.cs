using LookupProxy.Core.Recipients;
using LookupProxy.Directories.File;

namespace LookupProxy.Directories.Tests.File.Reading;

public sealed class CsvReaderTests
{
    [Theory]
    [InlineData(',')]
    [InlineData(';')]
    public void Columns_go_by_the_header(char separator)
    {
        var options = FileText.Options(RecipientFileFormat.Csv) with { PublishedAttributes = ["department", "displayName"] };
        var text = """
            Primary|ADDRESS|Kind|displayName|Department|secret
            anna@corp.example|Anna@Corp.Example||"Berg| ""Anna"" A."|Sales|x
            |team@corp.example|group|"two
            lines"||x

            """;
        var set = FileText.Read(options, text.Replace('|', separator));
        Assert.Equal(2, set.Count);
        var anna = set.Find("anna@corp.example");
        Assert.Equal("anna@corp.example", anna.PrimaryAddress);
        Assert.Equal(RecipientKind.Mailbox, anna.Kind);
        Assert.Equal([$"Berg{separator} \"Anna\" A."], anna.Attributes["displayname"]);
        Assert.Equal(["Sales"], anna.Attributes["department"]);
        Assert.Equal(2, anna.Attributes.Count);
        var team = set.Find("team@corp.example");
        Assert.Equal(RecipientKind.Group, team.Kind);
        Assert.Null(team.PrimaryAddress);
        Assert.Equal(["two\nlines"], team.Attributes["displayName"]);
        Assert.False(team.Attributes.ContainsKey("department"));
    }

    [Fact]
    public void What_Export_Csv_writes_is_read()
    {
        var set = FileText.Read(RecipientFileFormat.Csv, "\uFEFF#TYPE Selected.Mailbox\r\n\"Address\",\"Kind\"\r\n\"anna@corp.example\",\"mailbox\"\r\n");
        Assert.True(set.Has("anna@corp.example"));
    }

    [Fact]
    public void A_catch_all_counts() => Assert.True(FileText.Read(RecipientFileFormat.Csv, "address\n@corp.example\n").Has("x@corp.example"));

    [Theory]
    [InlineData("", "is empty: a header line is missing")]
    [InlineData("mail,kind\nanna@corp.example,\n", "line 1: the header has no column \"address\"; it has mail, kind")]
    [InlineData("address,kind\nanna@corp.example\n", "line 2: has 1 fields where the header has 2")]
    [InlineData("address\nanna\n", "line 2: \"anna\" is no address (NoDomain)")]
    [InlineData("address\n\"anna@corp.example\n\n", "line 2: a quote is not closed")]
    [InlineData("address\n\"anna@corp.example\"x\n", "line 2: field 1: text after the closing quote")]
    [InlineData("address,kind\nanna@corp.example,person\n", "line 2: kind \"person\" is none of")]
    public void A_fault_names_line_and_cause(string text, string expected) =>
        Assert.StartsWith(expected, FileText.Fault(RecipientFileFormat.Csv, text), StringComparison.Ordinal);

    [Fact]
    public void A_quote_that_never_closes_is_refused_in_time()
    {
        var options = FileText.Options(RecipientFileFormat.Csv) with { Limits = new RecipientFileLimits { MaxLine = 1000 } };
        var text = "address\n\"" + string.Concat(Enumerable.Repeat("line\n", 1000));
        Assert.Equal("line 2: is longer than 1000 octets", FileText.Fault(options, text));
    }
}
