using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using EzAudit.Extensibility;

namespace EzAudit.Spooling.Entries;

/// <summary>Reads numbers and texts of an entry.</summary>
internal ref struct EntryReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    public AuditLedgerPlace ReadPlace()
    {
        long file = BinaryPrimitives.ReadInt64LittleEndian(_rest);
        long offset = BinaryPrimitives.ReadInt64LittleEndian(_rest[sizeof(long)..]);
        _rest = _rest[(2 * sizeof(long))..];
        return new AuditLedgerPlace(ReadText(), file, offset);
    }

    public void SkipPlace()
    {
        _rest = _rest[(2 * sizeof(long))..];
        int bytes = (int)((uint)ReadNumber() >> 1);
        _rest = _rest[bytes..];
    }

    public int ReadNumber()
    {
        uint number = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte next = _rest[0];
            _rest = _rest[1..];
            number |= (uint)(next & 0x7f) << shift;
            if (next < 0x80) return (int)number;
        }
    }

    public string ReadText()
    {
        uint header = (uint)ReadNumber();
        ReadOnlySpan<byte> text = _rest[..(int)(header >> 1)];
        _rest = _rest[text.Length..];
        return (header & 1) == 0 ? Encoding.UTF8.GetString(text) : new string(MemoryMarshal.Cast<byte, char>(text));
    }
}
