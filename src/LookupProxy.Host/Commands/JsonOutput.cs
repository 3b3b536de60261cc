using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace LookupProxy.Host.Commands;

/// <summary>JSON for scripts: indented, one document.</summary>
internal static class JsonOutput
{
    /// <summary>Not for HTML, so addresses and messages stay legible.</summary>
    private static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(TextWriter writer, Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Options))
            write(json);
        writer.WriteLine(Encoding.UTF8.GetString(buffer.GetBuffer().AsSpan(0, (int)buffer.Length)));
    }
}
