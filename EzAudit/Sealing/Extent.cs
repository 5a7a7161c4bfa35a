namespace EzAudit.Sealing;

/// <summary>Bytes that this process appended to a log file one behind the other, copied so that the ledger vouches for what was written, and not for what is found later.</summary>
internal sealed class Extent(int capacity)
{
    private readonly byte[] _bytes = new byte[capacity];
    private int _length;

    /// <summary>Where they start in the file, unless another program's bytes came in between.</summary>
    public long Offset { get; private set; }

    /// <summary>When the first one was added, as <see cref="Environment.TickCount64"/>.</summary>
    public long Since { get; private set; }

    /// <summary>Numbers the time in which no other process could append in between.</summary>
    public int Term { get; private set; }

    public int Capacity => _bytes.Length;

    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, _length);

    public void Begin(long offset, int term)
    {
        Offset = offset;
        Term = term;
        Since = Environment.TickCount64;
        _length = 0;
    }

    /// <summary>Adds bytes; false if there is no room for them.</summary>
    public bool TryAdd(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > _bytes.Length - _length) return false;
        bytes.CopyTo(_bytes.AsSpan(_length));
        _length += bytes.Length;
        return true;
    }
}
