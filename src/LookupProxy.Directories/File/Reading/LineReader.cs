namespace LookupProxy.Directories.File.Reading;

/// <summary>Lines of UTF-8, ended by LF or CR LF. Holds one line in memory, never the file.</summary>
internal sealed class LineReader(Stream stream, int maxLine)
{
    private byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;
    private bool _atEnd;

    /// <summary>Of the line last read, from 1.</summary>
    public int Number { get; private set; }

    /// <summary>The octet that the next line begins with; -1 at the end.</summary>
    public int Next => _start < _end ? _buffer[_start] : -1;

    /// <param name="line">Without its end; good until the next call.</param>
    public bool TryRead(out ReadOnlySpan<byte> line)
    {
        if (Number == 0)
            SkipByteOrderMark();
        line = default;
        var length = FindLineFeed();
        if (length < 0 && _start == _end)
            return false;
        Number++;
        // The octet after the line is fetched now, because fetching moves the buffer.
        while (length >= 0 && _start + length + 1 == _end && !_atEnd)
            Fill();
        var begin = _start;
        if (length < 0)
            length = _end - _start;
        _start = Math.Min(_end, begin + length + 1);
        line = _buffer.AsSpan(begin, length);
        if (line.EndsWith((byte)'\r'))
            line = line[..^1];
        if (line.Contains((byte)0))
            throw new RecipientFileException(Number, "holds a NUL: this is no UTF-8 text");
        return true;
    }

    private int FindLineFeed()
    {
        for (var searched = 0; ;)
        {
            var found = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (found >= 0)
                return searched + found;
            searched = _end - _start;
            if (_atEnd)
                return -1;
            if (searched > maxLine)
                throw new RecipientFileException(Number + 1, $"is longer than {maxLine} octets");
            Fill();
        }
    }

    /// <summary>Reads more, keeping what lies from the start on.</summary>
    private void Fill()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        if (_end == _buffer.Length)
            Array.Resize(ref _buffer, _buffer.Length * 2);
        var read = stream.Read(_buffer.AsSpan(_end));
        _end += read;
        _atEnd = read == 0;
    }

    private void SkipByteOrderMark()
    {
        while (_end < 3 && !_atEnd)
            Fill();
        var head = _buffer.AsSpan(0, _end);
        if (head.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
            _start = 3;
        else if (head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || head.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
            throw new RecipientFileException(1, "is UTF-16; write the file as UTF-8");
    }
}
