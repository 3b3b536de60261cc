using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace LookupProxy.Host.Commands;

/// <summary>JSON for scripts. Not for HTML, so addresses and messages stay legible.</summary>
internal static class JsonOutput
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonWriterOptions OnOneLine = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Document(Action<Utf8JsonWriter> write) => Text(write, Indented);

    public static string Line(Action<Utf8JsonWriter> write) => Text(write, OnOneLine);

    private static string Text(Action<Utf8JsonWriter> write, JsonWriterOptions options)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, options))
            write(json);
        return Encoding.UTF8.GetString(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }
}
