using System.Text;

namespace LookupProxy.Core.Addresses.Unicode;

/// <summary>RFC 3492. IdnMapping could do it too, but throws on a fault and changes its mind with the presence of ICU.</summary>
internal static class Punycode
{
    public const string Prefix = "xn--";

    private const int Base = 36, TMin = 1, TMax = 26, Skew = 38, Damp = 700, InitialBias = 72, InitialN = 128;

    /// <summary>Without the prefix. False when <paramref name="destination"/> is too short.</summary>
    /// <param name="label">Well formed.</param>
    public static bool TryEncode(ReadOnlySpan<char> label, Span<char> destination, out int written)
    {
        written = 0;
        var total = 0;
        foreach (var rune in label.EnumerateRunes())
        {
            total++;
            if (rune.IsAscii && !TryAppend(destination, ref written, (char)rune.Value))
                return false;
        }

        var basic = written;
        if (basic > 0 && !TryAppend(destination, ref written, '-'))
            return false;

        int n = InitialN, delta = 0, bias = InitialBias;
        for (var handled = basic; handled < total;)
        {
            var next = SmallestFrom(label, n);
            // A label is bounded to some hundred characters and code points to 21 bits, so this cannot overflow.
            delta += (next - n) * (handled + 1);
            n = next;
            foreach (var rune in label.EnumerateRunes())
            {
                if (rune.Value < n)
                    delta++;
                if (rune.Value != n)
                    continue;
                if (!TryAppendDelta(destination, ref written, delta, bias))
                    return false;
                bias = Adapt(delta, handled + 1, handled == basic);
                delta = 0;
                handled++;
            }

            delta++;
            n++;
        }

        return true;
    }

    /// <summary>What follows the prefix. False when it is no Punycode.</summary>
    public static bool TryDecode(ReadOnlySpan<char> text, StringBuilder result)
    {
        List<int> points = [];
        var split = Math.Max(text.LastIndexOf('-'), 0);
        foreach (var c in text[..split])
            points.Add(c);

        int n = InitialN, bias = InitialBias;
        long i = 0;
        for (var at = split > 0 ? split + 1 : 0; at < text.Length;)
        {
            var start = i;
            long weight = 1;
            for (var k = Base; ; k += Base)
            {
                if (at == text.Length || Digit(text[at++]) is var digit && digit < 0)
                    return false;
                i += digit * weight;
                if (i > int.MaxValue)
                    return false;
                var threshold = Threshold(k, bias);
                if (digit < threshold)
                    break;
                weight *= Base - threshold;
            }

            var count = points.Count + 1;
            bias = Adapt((int)(i - start), count, start == 0);
            n += (int)(i / count);
            i %= count;
            if (n < InitialN || !Rune.IsValid(n))
                return false;
            points.Insert((int)i++, n);
        }

        foreach (var point in points)
            result.Append(new Rune(point));
        return true;
    }

    private static int SmallestFrom(ReadOnlySpan<char> label, int n)
    {
        var smallest = int.MaxValue;
        foreach (var rune in label.EnumerateRunes())
        {
            if (rune.Value >= n && rune.Value < smallest)
                smallest = rune.Value;
        }

        return smallest;
    }

    private static bool TryAppendDelta(Span<char> destination, ref int written, int delta, int bias)
    {
        for (var k = Base; ; k += Base)
        {
            var threshold = Threshold(k, bias);
            if (delta < threshold)
                return TryAppend(destination, ref written, Character(delta));
            if (!TryAppend(destination, ref written, Character(threshold + ((delta - threshold) % (Base - threshold)))))
                return false;
            delta = (delta - threshold) / (Base - threshold);
        }
    }

    private static bool TryAppend(Span<char> destination, ref int written, char c)
    {
        if (written == destination.Length)
            return false;
        destination[written++] = c;
        return true;
    }

    private static int Adapt(int delta, int count, bool first)
    {
        delta = first ? delta / Damp : delta / 2;
        delta += delta / count;
        var k = 0;
        for (; delta > (Base - TMin) * TMax / 2; k += Base)
            delta /= Base - TMin;
        return k + ((Base - TMin + 1) * delta / (delta + Skew));
    }

    private static int Threshold(int k, int bias) => Math.Clamp(k - bias, TMin, TMax);

    private static char Character(int digit) => (char)(digit < 26 ? 'a' + digit : '0' + digit - 26);

    private static int Digit(char c) => c switch
    {
        >= 'a' and <= 'z' => c - 'a',
        >= 'A' and <= 'Z' => c - 'A',
        >= '0' and <= '9' => c - '0' + 26,
        _ => -1,
    };
}
