namespace EzAudit.Syslog.Spooling;

/// <summary>The messages of one run: read and confirmed in order, and read again from the last confirmed one after a failure. Not thread-safe.</summary>
internal sealed class SpoolRun : IDisposable
{
    private readonly SpoolFolder _folder;
    private readonly SpoolCursor _cursor;
    private readonly SpoolReader _reader;
    private readonly Func<long>? _end;

    /// <param name="folder">Its directory; closed with it.</param>
    /// <param name="end">Returns the position where readable data ends; <see langword="null"/> for a run that has ended.</param>
    /// <param name="report">Called for bytes that are not a message.</param>
    public SpoolRun(SpoolFolder folder, Func<long>? end, Action<string> report)
    {
        _folder = folder;
        _end = end;
        _cursor = new SpoolCursor(folder.CursorPath);
        _reader = new SpoolReader(folder, end ?? (static () => long.MaxValue), report);
        _reader.GoTo(_cursor.Position);
    }

    /// <summary>The position of the next message to send.</summary>
    public long Position => _reader.Position;

    /// <summary>The position up to which the server has read everything.</summary>
    public long Confirmed => _cursor.Position;

    /// <summary>Whether no more messages will be added.</summary>
    public bool HasEnded => _end is null;

    /// <summary>Whether an active run has nothing to send now.</summary>
    public bool IsAtEnd => _end is not null && Position >= _end();

    /// <summary>Reads the next message, which is valid until the next call. False if there is none now.</summary>
    public bool TryRead(out ReadOnlySpan<byte> message) => _reader.TryRead(out message);

    /// <summary>Goes back to the first unconfirmed message.</summary>
    public void GoBack() => _reader.GoTo(Confirmed);

    /// <summary>Saves to disk that the server has read everything before a position, and deletes the finished segments.</summary>
    public void Confirm(long position)
    {
        if (position == Confirmed) return;
        _cursor.Set(position);
        long[] starts = _folder.Segments();
        for (int i = 0; i + 1 < starts.Length && starts[i + 1] <= position; i++) File.Delete(_folder.SegmentPath(starts[i]));
    }

    /// <summary>Deletes the run from disk, once everything has been sent.</summary>
    public void Delete()
    {
        Dispose();
        _folder.Delete();
    }

    public void Dispose()
    {
        _reader.Dispose();
        _cursor.Dispose();
        _folder.Dispose();
    }
}
