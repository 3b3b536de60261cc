using System.Text;

namespace LookupProxy.Directories.File.Reading;

internal static class Octets
{
    private static readonly UTF8Encoding _strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static ReadOnlySpan<byte> TrimAscii(this ReadOnlySpan<byte> text) => text[Ascii.Trim(text)];

    /// <returns>Null when it is no UTF-8.</returns>
    public static string? ToText(this ReadOnlySpan<byte> text)
    {
        try
        {
            return _strict.GetString(text);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
