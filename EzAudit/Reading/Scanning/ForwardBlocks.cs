using System.Buffers;
using EzAudit.Formats.InPlace;
using EzAudit.Reading.Matching;
using EzAudit.Storage.Content;

namespace EzAudit.Reading.Scanning;

/// <summary>Splits forward-only content, compressed or from a stream, into blocks of whole pieces.</summary>
/// <param name="content">The content.</param>
/// <param name="syntax">Its syntax.</param>
/// <param name="size">The size of a block unless a record is larger.</param>
/// <param name="window">The maximum size to which a block may grow for one record.</param>
internal sealed class ForwardBlocks(ILogContent content, RecordSyntax syntax, int size, int window)
{
    private byte[] _buffer = [];
    private int _capacity;
    private int _start;
    private int _end;
    private long _offset;
    private bool _isAtEnd;

    /// <summary>Returns work that passes the pieces of one block to its own sink. Each block is read when its work is requested.</summary>
    public IEnumerable<Func<T>> Cut<T>(Needle? needle, Func<T> create) where T : IPieceSink
    {
        Rent(size);
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
            (byte[] buffer, int capacity) = (_buffer, _capacity);
            (int start, int filled, long offset, bool isFinal) = (_start, _end, _offset, _isAtEnd);
            MoveOn(end);
            yield return () =>
            {
                T sink = create();
                new Block(syntax) { Bytes = buffer.AsSpan(0, filled), Start = start, End = end, Offset = offset, IsFinal = isFinal }.Walk(needle, sink);
                Return(buffer, capacity);
                return sink;
            };
        }
    }

    private void Fill()
    {
        while (!_isAtEnd && _end < _capacity)
        {
            int read = content.Read(_buffer.AsSpan(_end, _capacity - _end), _offset + _end);
            _end += read;
            _isAtEnd = read == 0;
        }
    }

    // The last start of a record: everything before it is complete. -1 if more bytes are needed.
    private int FindEnd()
    {
        if (_isAtEnd) return _end;
        ReadOnlySpan<byte> bytes = _buffer.AsSpan(0, _end);
        int last = syntax.FindLastStart(bytes, _start + 1, _end);
        if (last >= 0) return last;
        // Damage need not be held in full.
        int length = syntax.ReadPiece(bytes[_start..], isFinal: false, out _).Length;
        return length > 0 ? _start + length : _capacity >= window ? _end : -1;
    }

    private void Grow()
    {
        (byte[] full, int capacity) = (_buffer, _capacity);
        Rent((int)Math.Min(_capacity * 2L, window));
        full.AsSpan(0, _end).CopyTo(_buffer);
        Return(full, capacity);
    }

    // The unused bytes move to a new buffer.
    private void MoveOn(int end)
    {
        byte[] old = _buffer;
        int from = Math.Max(0, end - RecordSyntax.BytesBefore);
        Rent(_end - from <= size / 2 ? size : (int)Math.Min((_end - from) * 2L, window));
        old.AsSpan(from, _end - from).CopyTo(_buffer);
        _offset += from;
        _start = end - from;
        _end -= from;
    }

    // The array may be larger than was asked for, but no more of it is used than the window allows.
    private void Rent(int capacity)
    {
        _buffer = capacity == size ? ArrayPool<byte>.Shared.Rent(size) : GC.AllocateUninitializedArray<byte>(capacity);
        _capacity = capacity;
    }

    // A buffer that was enlarged for one record is left to the garbage collector.
    private void Return(byte[] buffer, int capacity)
    {
        if (capacity == size) ArrayPool<byte>.Shared.Return(buffer);
    }
}
