using Microsoft.Win32.SafeHandles;

namespace EzAudit.Storage;

/// <summary>The bytes of a file as they lie on disk. Never in the way of those who write, rename or delete it. For several threads.</summary>
internal sealed class PlainContent(SafeFileHandle handle) : ILogContent
{
    public static PlainContent Open(string path) =>
        new(File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.SequentialScan));

    public long Length => RandomAccess.GetLength(handle);

    public int Read(Span<byte> bytes, long offset) => RandomAccess.Read(handle, bytes, offset);

    public void Dispose() => handle.Dispose();
}
