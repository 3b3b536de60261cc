using System.Buffers;
using System.Text;

namespace LookupProxy.Core.Addresses.Unicode;

/// <summary>
/// NFC (UAX #15). With invariant globalization, string.Normalize returns its input unchanged, and ICU is not wanted: containers come without it,
/// and an address must mean the same on every machine.
/// </summary>
public static class NormalForm
{
    private const int HangulBase = 0xAC00, LeadBase = 0x1100, VowelBase = 0x1161, TailBase = 0x11A7;
    private const int LeadCount = 19, VowelCount = 21, TailCount = 28;

    /// <summary>The longest canonical decomposition, in code points.</summary>
    private const int MaxExpansion = 4;

    /// <summary>No surrogate stands alone.</summary>
    public static bool IsWellFormed(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
                continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1]))
                return false;
            i++;
        }

        return true;
    }

    /// <param name="text">Well formed.</param>
    public static string ToNfc(ReadOnlySpan<char> text)
    {
        // Everything below the combining marks is in NFC already.
        if (!text.ContainsAnyInRange('\u0300', '\uFFFF'))
            return text.ToString();
        return Compose(text);
    }

    /// <summary>Itself when it is in NFC without a doubt.</summary>
    public static string ToNfc(string text) => text.AsSpan().ContainsAnyInRange('\u0300', '\uFFFF') ? Compose(text) : text;

    private static string Compose(ReadOnlySpan<char> text)
    {
        var points = ArrayPool<int>.Shared.Rent(text.Length * MaxExpansion);
        try
        {
            var count = 0;
            foreach (var rune in text.EnumerateRunes())
                Decompose(rune.Value, points, ref count);
            Reorder(points.AsSpan(0, count));
            count = Recompose(points.AsSpan(0, count));

            var result = new StringBuilder(text.Length);
            foreach (var point in points.AsSpan(0, count))
                result.Append(new Rune(point));
            return result.ToString();
        }
        finally
        {
            ArrayPool<int>.Shared.Return(points);
        }
    }

    private static void Decompose(int point, int[] points, ref int count)
    {
        if (point is >= HangulBase and < HangulBase + (LeadCount * VowelCount * TailCount))
        {
            var index = point - HangulBase;
            points[count++] = LeadBase + (index / (VowelCount * TailCount));
            points[count++] = VowelBase + (index % (VowelCount * TailCount) / TailCount);
            if (index % TailCount > 0)
                points[count++] = TailBase + (index % TailCount);
        }
        else if (CanonicalData.TryDecompose(point, out var first, out var second))
        {
            Decompose(first, points, ref count);
            if (second != 0)
                points[count++] = second;
        }
        else
        {
            points[count++] = point;
        }
    }

    /// <summary>Canonical ordering: combining marks by class, stable.</summary>
    private static void Reorder(Span<int> points)
    {
        for (var i = 1; i < points.Length; i++)
        {
            var point = points[i];
            var order = CanonicalData.CombiningClass(point);
            var to = i;
            while (order > 0 && to > 0 && CanonicalData.CombiningClass(points[to - 1]) > order)
            {
                points[to] = points[to - 1];
                to--;
            }

            points[to] = point;
        }
    }

    private static int Recompose(Span<int> points)
    {
        var written = 0;
        var starter = -1;
        var lastClass = 0;
        foreach (var point in points)
        {
            var order = CanonicalData.CombiningClass(point);
            // Blocked when a mark of the same or a higher class stands between, or another starter.
            var adjacent = written - 1 == starter;
            if (starter >= 0 && (adjacent || (lastClass != 0 && lastClass < order)) && TryComposePair(points[starter], point, out var composed))
            {
                points[starter] = composed;
                continue;
            }

            if (order == 0)
                starter = written;
            lastClass = order;
            points[written++] = point;
        }

        return written;
    }

    private static bool TryComposePair(int first, int second, out int composed)
    {
        if (first is >= LeadBase and < LeadBase + LeadCount && second is >= VowelBase and < VowelBase + VowelCount)
        {
            composed = HangulBase + ((((first - LeadBase) * VowelCount) + second - VowelBase) * TailCount);
            return true;
        }

        var syllable = first - HangulBase;
        if (syllable is >= 0 and < LeadCount * VowelCount * TailCount && syllable % TailCount == 0 && second is > TailBase and < TailBase + TailCount)
        {
            composed = first + second - TailBase;
            return true;
        }

        return CanonicalData.TryCompose(first, second, out composed);
    }
}
