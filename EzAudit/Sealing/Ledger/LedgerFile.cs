using System.Security.Cryptography;
using EzAudit.Records;
using EzAudit.Storage;

namespace EzAudit.Sealing.Ledger;

/// <summary>
/// The segments of a ledger: reads what other processes added, and appends. Every method must be called under the ledger's lock, which
/// <see cref="Lock"/> takes. Not thread-safe.
/// </summary>
/// <param name="directory">The log directory.</param>
/// <param name="now">The time, in microseconds since 1970.</param>
/// <param name="tampered">Is told of damage that no crash of a writer can have caused.</param>
/// <param name="segmentBytes">The length from which a segment is full.</param>
internal sealed class LedgerFile(ILogDirectory directory, Func<long> now, Action<string> tampered, long segmentBytes) : IDisposable
{
    private const int BlockSize = 64 << 10;

    private FileLease? _lease;
    private LedgerFolder _folder = new(new LedgerState(), static _ => { });
    private IAppendFile? _file;
    private FileIdentity _identity;
    private int _segment;
    private string _name = LedgerSegments.NameOf(0);
    private string _nextName = LedgerSegments.NameOf(1);
    private long _inPlaceAt;
    private long _position;
    private byte[] _buffer = [];
    private int _torn; // bytes read after the last line feed

    public LedgerState State => _folder.State;

    /// <summary>Whether a ledger exists and is open.</summary>
    public bool IsOpen => _file is not null;

    /// <summary>The bytes of the ledger since its last hint.</summary>
    public long BytesSinceHint => _folder.BytesSinceHint;

    /// <summary>Whether the next checkpoint should begin another segment.</summary>
    public bool IsSegmentFull => _position >= segmentBytes;

    private string Path => System.IO.Path.Combine(directory.Path, _name);

    /// <summary>Takes the lock that all writers of this ledger share.</summary>
    /// <exception cref="StorageException">Another process held it for too long, or the file system cannot lock.</exception>
    public void Lock(TimeSpan timeout)
    {
        _lease ??= new FileLease(directory, LedgerSegments.DirectoryName);
        _lease.Take(timeout);
    }

    public void Unlock() => _lease!.Release();

    /// <summary>Opens the ledger, reading it from its last hint; false if there is none.</summary>
    public bool TryOpen()
    {
        Close();
        int last = 0;
        while (directory.Identify(LedgerSegments.NameOf(last + 1)) is not null) last++;
        if (last == 0) return false;
        long? hint;
        for (_segment = last; ; _segment--)
        {
            OpenSegment();
            hint = FindHint();
            if (_segment == 1 || hint is not null) break;
            _file!.Dispose();
        }
        long start = hint ?? 0;
        _folder = new LedgerFolder(start == 0 ? new LedgerState() : null, problem => tampered($"{Path}: {problem}"));
        _position = start;
        CatchUp();
        return true;
    }

    /// <summary>Reads what other processes added, and closes a line that a killed writer left unfinished.</summary>
    /// <exception cref="StorageException">The ledger cannot be read.</exception>
    public void CatchUp()
    {
        while (true)
        {
            FileIdentity current = _file!.Measure();
            if (current.Links == 0 || !IsInPlace())
                throw new StorageException(AuditWriteStage.Seal, Path, "found another file or none in place of the ledger: another program removed or replaced it.");
            if (current.Length < _position) throw new StorageException(AuditWriteStage.Seal, Path, $"found {current.Length} bytes, expected {_position}: another program truncated it.");
            if (current.Length > _position) Read(current.Length);
            // A segment that is not full has no successor.
            if (!IsSegmentFull || directory.Identify(_nextName) is null) break;
            _file!.Dispose();
            _segment++;
            OpenSegment();
        }
        if (_folder.TornAt >= 0 || _torn > 0) CloseTorn();
    }

    /// <summary>Appends lines with one write, and adds them to the state. Call <see cref="CatchUp"/> first.</summary>
    /// <exception cref="StorageException">They were not written, or only in part; the next call of <see cref="CatchUp"/> sees what is there.</exception>
    public void Append(ReadOnlySpan<byte> lines)
    {
        int count = _file!.Append(lines);
        if (count < lines.Length)
            throw new StorageException(AuditWriteStage.Seal, Path, $"wrote only {count} of {lines.Length} bytes: the disk is full or a limit is reached.");
        _folder.Fold(lines, _position);
        _position += count;
    }

    /// <summary>Begins the next segment, with its first lines: complete or not at all.</summary>
    public void BeginSegment(ReadOnlySpan<byte> lines)
    {
        string draft = $"{LedgerSegments.DirectoryName}/{Environment.ProcessId}.tmp";
        if (directory.Identify(draft) is not null) directory.Delete(draft);
        using (IAppendFile file = directory.OpenAppend(draft))
        {
            byte[] all = [.. LedgerSyntax.Header, .. lines];
            if (file.Append(all) < all.Length) throw new StorageException(AuditWriteStage.Seal, System.IO.Path.Combine(directory.Path, draft), "the disk is full.");
            file.Sync();
        }
        directory.Rename(draft, LedgerSegments.NameOf(_segment + 1));
        directory.Sync(draft);
        if (_segment > 0)
        {
            CatchUp();
            return;
        }
        _segment = 1;
        _folder = new LedgerFolder(new LedgerState(), problem => tampered($"{Path}: {problem}"));
        OpenSegment();
        CatchUp();
    }

    public void Sync() => _file!.Sync();

    public void Dispose()
    {
        Close();
        _lease?.Dispose();
    }

    // Where the path leads is looked up once in each step of the cheap clock, a few milliseconds: doing so costs as much as writing a line.
    private bool IsInPlace()
    {
        long tick = Environment.TickCount64;
        if (tick == _inPlaceAt) return true;
        if (directory.Identify(_name) is not { } found || !found.IsSameFile(_identity)) return false;
        _inPlaceAt = tick;
        return true;
    }

    private void Close()
    {
        _file?.Dispose();
        _file = null;
        _segment = 0;
        _position = 0;
        _torn = 0;
    }

    private void OpenSegment()
    {
        _name = LedgerSegments.NameOf(_segment);
        _nextName = LedgerSegments.NameOf(_segment + 1);
        _file = directory.OpenAppend(_name);
        _identity = _file.Identify();
        _inPlaceAt = 0;
        _position = 0;
        _torn = 0;
    }

    // Reads whole lines; what follows the last line feed stays unread, as its writer was killed.
    private void Read(long length)
    {
        if (_buffer.Length == 0) _buffer = new byte[BlockSize];
        while (_position + _torn < length)
        {
            if (_torn == _buffer.Length) Array.Resize(ref _buffer, _buffer.Length * 2);
            int count = _file!.Read(_buffer.AsSpan(_torn, (int)Math.Min(_buffer.Length - _torn, length - _position - _torn)), _position + _torn);
            if (count == 0) return;
            int end = _buffer.AsSpan(0, _torn + count).LastIndexOf((byte)'\n') + 1;
            _folder.Fold(_buffer.AsSpan(0, end), _position);
            _position += end;
            _torn += count - end;
            _buffer.AsSpan(end, _torn).CopyTo(_buffer);
        }
    }

    // A NUL before the line feed makes sure that the piece cannot be read as a shorter line.
    private void CloseTorn()
    {
        long start = _folder.TornAt >= 0 ? _folder.TornAt : _position;
        byte[] piece = new byte[_position + _torn - start + 2];
        _ = _file!.Read(piece.AsSpan(..^2), start);
        piece[^2] = 0;
        piece[^1] = (byte)'\n';
        var lines = new LineBuffer();
        lines.Leaf(LeafKind.TornLine, State.Tree.Size, now()).Number(piece.Length).Base64(SHA256.HashData(piece)).End();
        byte[] all = [.. piece.AsSpan(^2..), .. lines.Bytes];
        int written = _file.Append(all);
        if (written < all.Length) throw new StorageException(AuditWriteStage.Seal, Path, "a line that a killed writer left unfinished cannot be closed: the disk is full.");
        _folder.Fold([.. _buffer.AsSpan(0, _torn), .. all], _position);
        _position += _torn + all.Length;
        _torn = 0;
    }

    // The start of the last hint that is complete; null if there is none.
    private long? FindHint()
    {
        byte[] block = new byte[BlockSize + 2];
        for (long end = _file!.Identify().Length; end > 0; end -= BlockSize)
        {
            long start = Math.Max(0, end - BlockSize);
            Span<byte> bytes = block.AsSpan(0, _file.Read(block.AsSpan(0, (int)Math.Min(block.Length, end - start + 2)), start));
            for (int found; (found = bytes.LastIndexOf("\nh "u8)) >= 0; bytes = bytes[..found])
            {
                if (IsCompleteHint(start + found + 1)) return start + found + 1;
            }
        }
        return null;
    }

    // Whether the hint ends in a checkpoint: its writer may have been killed.
    private bool IsCompleteHint(long start)
    {
        byte[] bytes = new byte[BlockSize];
        long length = _file!.Identify().Length;
        while (true)
        {
            int count = _file.Read(bytes, start);
            int at = 0;
            int checkpointLines = 0;
            for (int end; at < count && (end = bytes.AsSpan(at, count - at).IndexOf((byte)'\n')) >= 0; at += end + 1)
            {
                if (bytes[at] == (byte)'c' && ++checkpointLines == 5) return true;
                if (bytes[at] is not ((byte)'h' or (byte)'w' or (byte)'c')) return false;
            }
            if (start + count >= length) return false;
            Array.Resize(ref bytes, bytes.Length * 2);
        }
    }
}
