using System.Globalization;
using System.Text;
using LookupProxy.Core.Addresses.Unicode;

namespace LookupProxy.Core.Tests.Addresses.Unicode;

public sealed class NormalFormTests
{
    /// <summary>A sample; NORMALIZATION_TEST may name Unicode's whole file.</summary>
    [Fact]
    public void Unicodes_own_test_passes()
    {
        var path = Environment.GetEnvironmentVariable("NORMALIZATION_TEST") ?? Path.Combine(AppContext.BaseDirectory, "normalization-sample.txt");
        var count = 0;
        foreach (var line in File.ReadLines(path))
        {
            if (line.Length == 0 || line[0] is '#' or '@')
                continue;
            var forms = line.Split(';').Take(3).Select(Decode).ToArray();
            foreach (var form in forms)
                Assert.Equal(forms[1], NormalForm.ToNfc(form));
            count++;
        }

        Assert.True(count > 300);
    }

    [Theory]
    [InlineData("bu\u0308cher", "b\u00FCcher")]
    [InlineData("\u212B", "\u00C5")]
    [InlineData("\u1100\u1161\u11A8", "\uAC01")]
    [InlineData("\u0958", "\u0915\u093C")]
    [InlineData("plain", "plain")]
    public void Decomposed_text_is_composed(string text, string expected) => Assert.Equal(expected, NormalForm.ToNfc(text));

    [Fact]
    public void Text_below_the_combining_marks_is_returned_as_it_is()
    {
        var text = "M\u00FCller-\u0141\u00F3d\u017A";
        Assert.Same(text, NormalForm.ToNfc(text));
    }

    /// <summary>Not theory data: an attribute holds UTF-8, which has no lone surrogates.</summary>
    [Fact]
    public void Lone_surrogates_are_seen()
    {
        Assert.True(NormalForm.IsWellFormed("a\uD83D\uDE00"));
        Assert.False(NormalForm.IsWellFormed("a\uD83D"));
        Assert.False(NormalForm.IsWellFormed("\uDE00\uD83D"));
    }

    private static string Decode(string points)
    {
        var text = new StringBuilder();
        foreach (var point in points.Split(' '))
            text.Append(new Rune(int.Parse(point, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)));
        return text.ToString();
    }
}
