using System.Collections.Concurrent;

namespace EzAudit.Reading.Scanning;

/// <summary>Buffers for chunks of one size, reused within one search and released with it.</summary>
internal sealed class BufferPool(int size)
{
    private readonly ConcurrentBag<byte[]> _free = [];

    public byte[] Rent() => _free.TryTake(out byte[]? buffer) ? buffer : GC.AllocateUninitializedArray<byte>(size);

    /// <summary>Takes a buffer back; one that was enlarged is left to the garbage collector.</summary>
    public void Return(byte[] buffer)
    {
        if (buffer.Length == size) _free.Add(buffer);
    }
}
