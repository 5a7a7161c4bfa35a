namespace EzAudit.Syslog.Spooling;

/// <summary>The messages of one run on their way to the server: read in order, confirmed in order, read again from the last confirmed one when the server was lost. For one thread.</summary>
internal sealed class SpoolRun : IDisposable
{
    private readonly SpoolFolder _folder;
    private readonly SpoolCursor _cursor;
    private readonly SpoolReader _reader;
    private readonly Func<long>? _end;

    /// <param name="folder">Its directory; closed with it.</param>
    /// <param name="end">The position up to which there is something to read; <see langword="null"/> for a run that has ended.</param>
    /// <param name="report">Hears of bytes that are no message.</param>
    public SpoolRun(SpoolFolder folder, Func<long>? end, Action<string> report)
    {
        _folder = folder;
        _end = end;
        _cursor = new SpoolCursor(folder.CursorPath);
        _reader = new SpoolReader(folder, end ?? (static () => long.MaxValue), report);
        _reader.GoTo(_cursor.Position);
    }

    /// <summary>The position of the next message to be sent.</summary>
    public long Position => _reader.Position;

    /// <summary>The position before which the server has read everything.</summary>
    public long Confirmed => _cursor.Position;

    /// <summary>Whether nothing will be added to it.</summary>
    public bool HasEnded => _end is null;

    /// <summary>Whether a run that goes on has nothing to be sent just now.</summary>
    public bool IsAtEnd => _end is not null && Position >= _end();

    /// <summary>The next message; valid until the next call. False: there is none now.</summary>
    public bool TryRead(out ReadOnlySpan<byte> message) => _reader.TryRead(out message);

    /// <summary>Sends again what is not confirmed.</summary>
    public void GoBack() => _reader.GoTo(Confirmed);

    /// <summary>Keeps on disk that the server has read everything before a position, and deletes the segments that are done with.</summary>
    public void Confirm(long position)
    {
        if (position == Confirmed) return;
        _cursor.Set(position);
        long[] starts = _folder.Segments();
        for (int i = 0; i + 1 < starts.Length && starts[i + 1] <= position; i++) File.Delete(_folder.SegmentPath(starts[i]));
    }

    /// <summary>Everything was sent: deletes what is left on disk.</summary>
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
