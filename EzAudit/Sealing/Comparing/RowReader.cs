using EzAudit.Extensibility;

namespace EzAudit.Sealing.Comparing;

/// <summary>Reads the records of a store one after the other. Not thread-safe.</summary>
internal sealed class RowReader : IDisposable
{
    private readonly IEnumerator<AuditPlacedRecord> _records;
    private long _file = long.MinValue;
    private long _offset;

    /// <param name="records">The records. The first one is read now, so that the store stands still.</param>
    public RowReader(IEnumerable<AuditPlacedRecord> records)
    {
        _records = records.GetEnumerator();
        Take();
    }

    /// <summary>The next record; <see langword="null"/> at the end.</summary>
    public PlacedRow? Next { get; private set; }

    /// <summary>The next record if it is in a log file, or else <see langword="null"/>.</summary>
    public PlacedRow? NextOf(long file) => Next?.Record.Place.File == file ? Next : null;

    /// <summary>Goes on to the next record.</summary>
    public void Take()
    {
        Next = _records.MoveNext() ? new PlacedRow(_records.Current) : null;
        if (Next is not { Record.Place: var place }) return;
        if ((place.File, place.Offset).CompareTo((_file, _offset)) < 0) throw new InvalidOperationException("The records of the store are not in the order of their places.");
        (_file, _offset) = (place.File, place.Offset);
    }

    public void Dispose() => _records.Dispose();
}
