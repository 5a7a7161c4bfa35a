namespace EzAudit.EntityFrameworkCore.Outbox;

/// <summary>What an owner knows of its rows. A row that it does not know has yet to be written, if it is committed.</summary>
/// <remarks>Thread-safe. The database itself is the list of what is to be done, so that nothing can be forgotten here.</remarks>
internal sealed class OwnRows
{
    // To delete each row by itself would be one more commit, and one more sync, for each commit.
    private const int RowsAtOnce = 64;

    private readonly Lock _lock = new();
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _written = new(StringComparer.Ordinal);
    private int _deleteAt = RowsAtOnce;

    /// <summary>Claims a row for writing; <see langword="false"/> while somebody else writes it, and when it is written.</summary>
    public bool TryTake(string id)
    {
        lock (_lock) return !_written.ContainsKey(id) && _taken.Add(id);
    }

    /// <summary>Ends a claim. Where not all records are written, the row can be claimed again.</summary>
    public void Done(string id, string database, bool isWhole)
    {
        lock (_lock)
        {
            _taken.Remove(id);
            if (isWhole) _written[id] = database;
        }
    }

    public bool IsWritten(string id)
    {
        lock (_lock) return _written.ContainsKey(id);
    }

    public void Deleted(IReadOnlyList<string> ids)
    {
        lock (_lock)
        {
            foreach (string id in ids) _written.Remove(id);
        }
    }

    /// <summary>The written rows of a database, when there are enough to delete them. If that fails, they are given again when there are as many more.</summary>
    public IReadOnlyList<string> ToDelete(string database)
    {
        lock (_lock)
        {
            if (_written.Count < RowsAtOnce) _deleteAt = RowsAtOnce;
            if (_written.Count < _deleteAt) return [];
            _deleteAt = _written.Count + RowsAtOnce;
            return [.. _written.Where(row => row.Value == database).Select(row => row.Key)];
        }
    }
}
