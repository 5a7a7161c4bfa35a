using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace EzAudit.Syslog.Spooling;

/// <summary>
/// The position up to which the server has read, on disk. Eight bytes in one place: a killed process leaves the old or the new ones.
/// It is not synced: a power cut may bring an older one back, and then more is sent twice.
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
