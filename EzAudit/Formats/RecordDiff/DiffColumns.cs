using EzAudit.Records;

namespace EzAudit.Formats.RecordDiff;

/// <summary>Enumerates the fields of a record as columns of a changed row.</summary>
/// <remarks>
/// A field <c>#NAME</c> is a column of the key, as in USoft's RecordDiff; <c>NAME old</c> and <c>NAME new</c> are the values before and after,
/// of one column if they are adjacent in this order; every other field is a value. <c>Table</c> and <c>SIDU</c> are not columns.
/// </remarks>
internal ref struct DiffColumns(ReadOnlySpan<AuditField> fields)
{
    public const string Table = "Table";
    public const string Sidu = "SIDU";

    private const string KeyMark = "#";
    private const string OldMark = " old";
    private const string NewMark = " new";

    private readonly ReadOnlySpan<AuditField> _fields = fields;
    private int _next;

    public ReadOnlySpan<char> Name { get; private set; }

    public bool IsKey { get; private set; }

    /// <summary>The index of the key, or of the value that is neither old nor new; -1 if there is none.</summary>
    public int Value { get; private set; }

    /// <summary>The index of the value before; -1 if there is none.</summary>
    public int Old { get; private set; }

    /// <summary>The index of the value after; -1 if there is none.</summary>
    public int New { get; private set; }

    public bool MoveNext()
    {
        while (_next < _fields.Length && _fields[_next].Name is Table or Sidu) _next++;
        if (_next >= _fields.Length) return false;
        int at = _next++;
        Value = Old = New = -1;
        string name = _fields[at].Name;
        IsKey = name.StartsWith(KeyMark, StringComparison.Ordinal);
        Name = IsKey ? name.AsSpan(KeyMark.Length) : name;
        if (!IsKey && TryStem(name, NewMark)) New = at;
        else if (!IsKey && TryStem(name, OldMark)) TakeNew(Old = at);
        else Value = at;
        return true;
    }

    private bool TryStem(string name, string mark)
    {
        if (!name.EndsWith(mark, StringComparison.Ordinal)) return false;
        Name = name.AsSpan(0, name.Length - mark.Length);
        return true;
    }

    private void TakeNew(int old)
    {
        if (old + 1 >= _fields.Length) return;
        string name = _fields[old + 1].Name;
        if (name.Length != Name.Length + NewMark.Length || !name.StartsWith(Name, StringComparison.Ordinal) || !name.EndsWith(NewMark, StringComparison.Ordinal)) return;
        New = old + 1;
        _next = old + 2;
    }
}
