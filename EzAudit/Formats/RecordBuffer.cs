using System.Buffers;

namespace EzAudit.Formats;

/// <summary>The bytes of one record on their way to the targets. Used again and again, by one thread at a time.</summary>
internal sealed class RecordBuffer : IBufferWriter<byte>
{
    private const int InitialBytes = 1024;

    private byte[] _bytes = new byte[InitialBytes];
    private int _count;

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _count);

    public int Capacity => _bytes.Length;

    public void Clear() => _count = 0;

    /// <summary>Takes back what was written behind so many bytes.</summary>
    public void Cut(int count) => _count = count;

    public void Advance(int count) => _count += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _bytes.AsMemory(_count);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _bytes.AsSpan(_count);
    }

    private void Reserve(int sizeHint)
    {
        int needed = checked(_count + Math.Max(sizeHint, 1));
        if (needed > _bytes.Length) Array.Resize(ref _bytes, Math.Max(needed, (int)Math.Min(_bytes.Length * 2L, Array.MaxLength)));
    }
}
