using EzAudit.Sealing.Ledger;

namespace EzAudit.Sealing.Verifying;

/// <summary>A buffer for parts of the ledger. Not thread-safe.</summary>
internal sealed class PartBytes
{
    private byte[] _bytes = [];

    /// <summary>Reads a part; its lines are valid until the next call.</summary>
    public LineCursor Read(LedgerSegments segments, LedgerPart part)
    {
        if (_bytes.Length < part.Length) _bytes = GC.AllocateUninitializedArray<byte>(part.Length);
        return new LineCursor(_bytes.AsSpan(0, segments.Read(part.Segment, part.Offset, _bytes.AsSpan(0, part.Length))));
    }
}

/// <summary>Iterates over the extents of a part of the ledger.</summary>
internal ref struct LineCursor(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;
    private LedgerLine _current;

    public readonly LedgerLine Current => _current;

    public bool MoveNext()
    {
        while (!_rest.IsEmpty)
        {
            int length = _rest.IndexOf((byte)'\n') + 1;
            if (length == 0) return false;
            ReadOnlySpan<byte> line = _rest[..length];
            _rest = _rest[length..];
            if (line[0] is (byte)'r' or (byte)'a' or (byte)'u' or (byte)'e' && LedgerLine.TryParse(line, out _current)) return true;
        }
        return false;
    }
}

/// <summary>Windows on the log files that are compared at a time, which usually are few. Not thread-safe.</summary>
internal sealed class WindowSet : IDisposable
{
    private readonly ContentWindow?[] _windows = new ContentWindow?[8];

    /// <summary>The window for a log file; several log files may share it.</summary>
    public ContentWindow Of(LogEvidence log) => _windows[log.Id % _windows.Length] ??= new ContentWindow();

    public void Dispose()
    {
        foreach (ContentWindow? window in _windows) window?.Dispose();
    }
}
