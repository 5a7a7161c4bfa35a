using EzAudit.Formats.Classic;
using EzAudit.Reading.Matching;
using EzAudit.Storage.Content;

namespace EzAudit.Reading.Scanning;

/// <summary>Splits forward-only classic content, compressed or from a stream, into blocks of whole pieces.</summary>
/// <param name="content">The content.</param>
/// <param name="size">The size of a block unless a record is larger.</param>
/// <param name="window">The maximum size to which a block may grow for one record.</param>
internal sealed class ForwardBlocks(ILogContent content, int size, int window)
{
    // The two bytes before a header decide whether it counts.
    private const int Before = 2;

    private readonly BufferPool _buffers = new(size);
    private byte[] _buffer = [];
    private int _start;
    private int _end;
    private long _offset;
    private bool _isAtEnd;

    /// <summary>Returns work that passes the pieces of one block to its own sink. Each block is read when its work is requested.</summary>
    public IEnumerable<Func<T>> Cut<T>(Needle? needle, Func<T> create) where T : IPieceSink
    {
        _buffer = _buffers.Rent();
        while (true)
        {
            Fill();
            if (_start == _end && _isAtEnd) yield break;
            int end = FindEnd();
            if (end < 0)
            {
                Grow();
                continue;
            }
            byte[] buffer = _buffer;
            (int start, int filled, long offset, bool isFinal) = (_start, _end, _offset, _isAtEnd);
            MoveOn(end);
            yield return () =>
            {
                T sink = create();
                BlockWalk.Walk(new Block(buffer.AsSpan(0, filled), start, end, offset, isFinal), needle, sink);
                _buffers.Return(buffer);
                return sink;
            };
        }
    }

    private void Fill()
    {
        while (!_isAtEnd && _end < _buffer.Length)
        {
            int read = content.Read(_buffer.AsSpan(_end), _offset + _end);
            _end += read;
            _isAtEnd = read == 0;
        }
    }

    // The last header: everything before it is complete. -1 if more bytes are needed.
    private int FindEnd()
    {
        if (_isAtEnd) return _end;
        ReadOnlySpan<byte> bytes = _buffer.AsSpan(0, _end);
        int last = ClassicReading.FindLastHeader(bytes, _start + 1, _end);
        if (last >= 0) return last;
        // Damage need not be held in full.
        int length = ClassicReading.Find(bytes[_start..], isFinal: false).Length;
        return length > 0 ? _start + length : _buffer.Length >= window ? _end : -1;
    }

    private void Grow() => Array.Resize(ref _buffer, (int)Math.Min(_buffer.Length * 2L, window));

    // The unused bytes move to a new buffer.
    private void MoveOn(int end)
    {
        int from = Math.Max(0, end - Before);
        byte[] next = _end - from <= size / 2 ? _buffers.Rent() : new byte[(int)Math.Min((_end - from) * 2L, window)];
        _buffer.AsSpan(from, _end - from).CopyTo(next);
        _offset += from;
        _start = end - from;
        _end -= from;
        _buffer = next;
    }
}
