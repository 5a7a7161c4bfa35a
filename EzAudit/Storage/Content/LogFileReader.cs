namespace EzAudit.Storage.Content;

/// <summary>Reads the bytes of a log file through a window that moves forward. Never blocks programs that write, rename or delete the file.</summary>
internal sealed class LogFileReader : IDisposable
{
    /// <summary>The maximum window for files without settings, whose writer may have allowed long values.</summary>
    public const int DefaultWindow = 256 << 20;

    private const int LeastWindow = 32 << 20;
    private const int FirstSize = 64 << 10;

    // Escaping turns one byte into at most eight.
    private const int BytesPerByte = 8;

    private readonly ILogContent _content;
    private readonly int _maxSize;
    private byte[] _buffer = new byte[FirstSize];
    private int _start;
    private int _end;
    private bool _isAtEnd;

    /// <summary>Opens a log file.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="maxSize">The maximum size of the window.</param>
    public LogFileReader(string path, int maxSize = DefaultWindow) : this(path, PlainContent.Open(path), maxSize)
    {
    }

    /// <summary>Reads bytes from another source, and takes ownership of it.</summary>
    public LogFileReader(string path, ILogContent content, int maxSize = DefaultWindow)
    {
        Path = path;
        _maxSize = Math.Max(maxSize, FirstSize);
        _content = content;
    }

    public string Path { get; }

    /// <summary>The file offset at which the window starts.</summary>
    public long Offset { get; private set; }

    /// <summary>The bytes in the window; valid until the next call.</summary>
    public ReadOnlySpan<byte> Bytes => _buffer.AsSpan(_start, _end - _start);

    /// <summary>Whether the window cannot grow: it reaches the end of the file, or has its maximum size.</summary>
    public bool IsWhole => _isAtEnd || Bytes.Length == _maxSize;

    /// <summary>Whether the window reaches the end of the file as of the last read.</summary>
    public bool IsAtEnd => _isAtEnd;

    /// <summary>
    /// The maximum window for records of at most this many bytes before escaping: anything longer is damage. Never less than 32 MiB, because the
    /// setting may once have been larger.
    /// </summary>
    public static int WindowFor(int maxRecordBytes) => (int)Math.Clamp((long)maxRecordBytes * BytesPerByte, LeastWindow, 1 << 30);

    /// <summary>Moves the start of the window forward.</summary>
    public void Skip(int count)
    {
        _start += count;
        Offset += count;
    }

    /// <summary>Grows the window to fill its buffer; a buffer that is more than half full is doubled first.</summary>
    public void Fill()
    {
        // Doubling keeps the cost of one long record linear: each time the caller rescans it, the window is twice as large.
        int size = Bytes.Length > _buffer.Length / 2 ? (int)Math.Min(_buffer.Length * 2L, _maxSize) : Bytes.Length <= FirstSize / 2 ? FirstSize : _buffer.Length;
        byte[] buffer = size == _buffer.Length ? _buffer : new byte[size];
        Bytes.CopyTo(buffer);
        _end -= _start;
        _start = 0;
        _buffer = buffer;
        _isAtEnd = false;
        while (_end < _buffer.Length)
        {
            int read = _content.Read(_buffer.AsSpan(_end), Offset + _end);
            if (read == 0)
            {
                _isAtEnd = true;
                return;
            }
            _end += read;
        }
    }

    /// <summary>Empties the window and moves it to an offset, by default the beginning of the file.</summary>
    public void Rewind(long offset = 0)
    {
        Offset = offset;
        _start = _end = 0;
        _isAtEnd = false;
    }

    public void Dispose() => _content.Dispose();
}
