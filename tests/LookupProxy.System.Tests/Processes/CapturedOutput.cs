using System.Text;

namespace LookupProxy.SystemTests.Processes;

/// <summary>The last part of what a process wrote, for the message of a test that fails.</summary>
internal sealed class CapturedOutput
{
    private const int MaxLines = 2000;

    private readonly Queue<string> _lines = new();
    private readonly Lock _lock = new();

    public void Add(string? line)
    {
        if (line is null)
            return;
        lock (_lock)
        {
            _lines.Enqueue(line);
            if (_lines.Count > MaxLines)
                _lines.Dequeue();
        }
    }

    public string[] Lines
    {
        get
        {
            lock (_lock)
                return [.. _lines];
        }
    }

    public string Tail(int lines) => new StringBuilder().AppendJoin('\n', Lines.TakeLast(lines)).ToString();

    public override string ToString() => Tail(MaxLines);
}
