using System.Globalization;
using System.Text;

namespace EzAudit.Syslog.Text;

/// <summary>The bytes of a message that is being made. Reused, by one thread at a time.</summary>
internal sealed class MessageBuffer
{
    private byte[] _bytes = new byte[1024];

    public int Count { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Count);

    /// <summary>Where the id of the record is to be inserted; -1 for nowhere.</summary>
    public int IdOffset { get; private set; } = -1;

    public void Clear()
    {
        Count = 0;
        IdOffset = -1;
    }

    public void CutTo(int count) => Count = count;

    /// <summary>Has the id of the record inserted here. It is not known before the record is in the spool.</summary>
    public void AppendId() => IdOffset = Count;

    public void Append(byte value)
    {
        Reserve(1);
        _bytes[Count++] = value;
    }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        Reserve(bytes.Length);
        bytes.CopyTo(_bytes.AsSpan(Count));
        Count += bytes.Length;
    }

    public void Append(ReadOnlySpan<char> text)
    {
        Reserve(Encoding.UTF8.GetMaxByteCount(text.Length));
        Count += Encoding.UTF8.GetBytes(text, _bytes.AsSpan(Count));
    }

    public void Append<T>(T value, string? format = null) where T : IUtf8SpanFormattable
    {
        Reserve(64);
        value.TryFormat(_bytes.AsSpan(Count), out int written, format, CultureInfo.InvariantCulture);
        Count += written;
    }

    public void Append(Rune rune)
    {
        Reserve(4);
        Count += rune.EncodeToUtf8(_bytes.AsSpan(Count));
    }

    private void Reserve(int more)
    {
        int needed = checked(Count + more);
        if (needed > _bytes.Length) Array.Resize(ref _bytes, Math.Max(needed, _bytes.Length * 2));
    }
}
