using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace EzAudit.Spooling;

/// <summary>
/// The position up to which the receiver has acknowledged everything, kept on disk. It is eight bytes, so a killed process leaves either the old or the new value.
/// It is not synced: after a power failure it may be out of date, and some records are sent twice.
/// </summary>
internal sealed class SpoolCursor : IDisposable
{
    private readonly SafeFileHandle _file;

    public SpoolCursor(string path)
    {
        _file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite);
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        Position = RandomAccess.Read(_file, bytes, 0) == sizeof(long) ? Math.Max(0, BinaryPrimitives.ReadInt64LittleEndian(bytes)) : 0;
    }

    public long Position { get; private set; }

    public void Set(long position)
    {
        if (position == Position) return;
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, position);
        RandomAccess.Write(_file, bytes, 0);
        Position = position;
    }

    public void Dispose() => _file.Dispose();
}
