using System.Text;

namespace LookupProxy.Host.Commands;

/// <summary>Standard output or standard error, which can be a file on a full disk. Whoever closes a pipe early is no trouble.</summary>
/// <param name="isAnswer">An answer that is lost must be told; a complaint that is lost changes nothing, since the exit code is left.</param>
internal sealed class StandardStream(TextWriter inner, bool isAnswer) : TextWriter
{
    public override Encoding Encoding => inner.Encoding;

    /// <summary>For the process.</summary>
    public static void Install()
    {
        Console.SetOut(new StandardStream(Console.Out, isAnswer: true));
        Console.SetError(new StandardStream(Console.Error, isAnswer: false));
    }

    public override void Write(char value) => Write([value]);

    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    public override void Write(string? value) => Write(value.AsSpan());

    public override void WriteLine(string? value) => Write(value + NewLine);

    public override void Write(ReadOnlySpan<char> buffer)
    {
        try
        {
            inner.Write(buffer);
        }
        catch (IOException e) when (isAnswer)
        {
            throw new OutputFailedException($"standard output cannot be written: {e.Message}", e);
        }
        catch (IOException)
        {
        }
    }
}
