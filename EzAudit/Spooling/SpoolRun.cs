namespace EzAudit.Spooling;

/// <summary>The records of one run: read and confirmed in order, and read again from the last confirmed one after a failure. Not thread-safe.</summary>
internal sealed class SpoolRun : IDisposable
{
    private readonly SpoolFolder _folder;
    private readonly SpoolCursor _cursor;
    private readonly SpoolReader _reader;
    private readonly Func<long>? _end;

    /// <param name="folder">Its directory; closed with it.</param>
    /// <param name="end">Returns the position where readable data ends; <see langword="null"/> for a run that has ended.</param>
    /// <param name="report">Called for bytes that are not a record.</param>
    public SpoolRun(SpoolFolder folder, Func<long>? end, Action<string> report)
    {
        _folder = folder;
        _end = end;
        _cursor = new SpoolCursor(folder.CursorPath);
        _reader = new SpoolReader(folder, end ?? (static () => long.MaxValue), report);
        _reader.GoTo(_cursor.Position);
    }

    /// <summary>The position of the next record to send.</summary>
    public long Position => _reader.Position;

    /// <summary>The position up to which the receiver has acknowledged everything.</summary>
    public long Confirmed => _cursor.Position;

    /// <summary>Whether no more records will be added.</summary>
    public bool HasEnded => _end is null;

    /// <summary>Whether an active run has nothing to send now.</summary>
    public bool IsAtEnd => _end is not null && Position >= _end();

    /// <summary>The number of the record that was read last.</summary>
    public long Number => _reader.Number;

    /// <summary>Where its records come from.</summary>
    public SpoolHeader Header => _folder.Header;

    /// <summary>The numbers of records that are in the dead-letter file and are not sent.</summary>
    public HashSet<long> Refused { get; } = [];

    /// <summary>Reads the next record, which is valid until the next call. False if there is none now.</summary>
    public bool TryRead(out ReadOnlySpan<byte> record) => _reader.TryRead(out record);

    /// <summary>Makes the record that <see cref="TryRead"/> has just read the next one again.</summary>
    public void PutBack() => _reader.PutBack();

    /// <summary>Goes back to the first unconfirmed record.</summary>
    public void GoBack() => _reader.GoTo(Confirmed);

    /// <summary>Saves to disk that the receiver has acknowledged everything before a position, and deletes the finished segments.</summary>
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
