namespace EzAudit.Spooling;

/// <summary>The bytes of some records, one after the other. Reused from part to part.</summary>
internal sealed class PartBuffer
{
    private const int MostKept = 8 << 20;

    private readonly List<(long Number, int Start, int Length)> _records = [];
    private byte[] _bytes = [];

    public int Count => _records.Count;

    public int Bytes { get; private set; }

    public void Clear()
    {
        _records.Clear();
        Bytes = 0;
        // One huge record must not keep its memory forever.
        if (_bytes.Length > MostKept) _bytes = [];
    }

    public void Add(long number, ReadOnlySpan<byte> record)
    {
        if (Bytes + record.Length > _bytes.Length) Array.Resize(ref _bytes, Math.Max(Bytes + record.Length, _bytes.Length * 2));
        record.CopyTo(_bytes.AsSpan(Bytes));
        _records.Add((number, Bytes, record.Length));
        Bytes += record.Length;
    }

    public (long Number, ReadOnlyMemory<byte> Entry) At(int index) => (_records[index].Number, _bytes.AsMemory(_records[index].Start, _records[index].Length));
}
