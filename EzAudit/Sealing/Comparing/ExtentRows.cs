using System.Runtime.InteropServices;
using System.Security.Cryptography;
using EzAudit.Sealing.Ledger;
using EzAudit.Sealing.Tree;
using EzAudit.Storage.Content;

namespace EzAudit.Sealing.Comparing;

/// <summary>
/// Puts the records of a store that lie in an extent side by side, fills what is missing from the log file if there is one, and compares the whole with the
/// digest. Not thread-safe.
/// </summary>
/// <param name="content">The log file; <see langword="null"/> if it is gone.</param>
internal sealed class ExtentRows(ILogContent? content)
{
    private const int SaltLength = 16;
    private const int MaxAlternatives = 64;

    private readonly List<PlacedRow> _tiles = [];
    private readonly List<PlacedRow> _extras = [];
    private readonly List<ByteRange> _gaps = [];
    private byte[] _bytes = [];

    /// <summary>The bytes of the extent that no record of the store has.</summary>
    public IReadOnlyList<ByteRange> Gaps => _gaps;

    /// <summary>Whether <see cref="BytesOf"/> has the bytes that the ledger vouches for.</summary>
    public bool IsRight { get; private set; }

    /// <summary>The bytes of a range of the extent.</summary>
    public ReadOnlyMemory<byte> BytesOf(in VouchedExtent extent, ByteRange range) =>
        _bytes.AsMemory(SaltLength + (int)(range.Begin - extent.Probe.Offset), (int)range.Length);

    /// <summary>Decides about the records that start in an extent.</summary>
    public void Check(in VouchedExtent extent, IEnumerable<PlacedRow> rows)
    {
        Arrange(extent, rows);
        IsRight = false;
        if (extent.IsErased)
        {
            Raise(RowState.Erased, extent);
            return;
        }
        if (extent.Probe.Length > Array.MaxLength - SaltLength || !TryFillGaps(extent))
        {
            Raise(RowState.Unverified, extent);
            return;
        }
        foreach (PlacedRow row in _tiles) Put(extent, row);
        IsRight = HasDigest(extent) || TryAlternatives(extent);
        if (IsRight) Raise(extent.Kind == LeafKind.Records ? RowState.Attested : RowState.Adopted, extent);
        else FindChanged(extent);
    }

    private void Arrange(in VouchedExtent extent, IEnumerable<PlacedRow> rows)
    {
        _tiles.Clear();
        _extras.Clear();
        _gaps.Clear();
        long last = extent.Probe.Offset;
        bool isTiled = true;
        foreach (PlacedRow row in rows)
        {
            bool fits = row.End > row.Begin && row.End <= extent.Probe.End;
            (fits ? _tiles : _extras).Add(row);
            if (!fits) continue;
            isTiled &= row.Begin >= last;
            last = Math.Max(last, row.End);
        }
        if (!isTiled)
        {
            PlacedRow[] overlapping = [.. _tiles];
            _tiles.Clear();
            RowTiling.Divide(overlapping, _tiles, _extras);
        }
        long end = extent.Probe.Offset;
        foreach (PlacedRow tile in _tiles)
        {
            if (tile.Begin > end) _gaps.Add(new ByteRange(end, tile.Begin));
            end = tile.End;
        }
        if (end < extent.Probe.End) _gaps.Add(new ByteRange(end, extent.Probe.End));
    }

    private bool TryFillGaps(in VouchedExtent extent)
    {
        if (_bytes.Length < extent.Probe.Length + SaltLength) _bytes = GC.AllocateUninitializedArray<byte>((int)extent.Probe.Length + SaltLength);
        if (_gaps.Count == 0) return true;
        if (content is null) return false;
        foreach (ByteRange gap in _gaps)
        {
            if (!TryRead(extent, gap)) return false;
        }
        return true;
    }

    private bool TryRead(in VouchedExtent extent, ByteRange range)
    {
        Span<byte> bytes = _bytes.AsSpan(SaltLength + (int)(range.Begin - extent.Probe.Offset), (int)range.Length);
        int count = 0;
        while (count < bytes.Length && content!.Read(bytes[count..], range.Begin + count) is > 0 and int read) count += read;
        return count == bytes.Length;
    }

    private void Put(in VouchedExtent extent, PlacedRow row) => row.Record.Bytes.Span.CopyTo(_bytes.AsSpan(SaltLength + (int)(row.Begin - extent.Probe.Offset)));

    private bool HasDigest(in VouchedExtent extent)
    {
        MemoryMarshal.Write(_bytes, extent.Probe.Salt);
        Span<byte> digest = stackalloc byte[TreeHash.Length];
        SHA256.HashData(_bytes.AsSpan(0, SaltLength + (int)extent.Probe.Length), digest);
        return new TreeHash(digest) == extent.Probe.Digest;
    }

    // Two records of the store at one place: which of them is the true one, only the digest says.
    private bool TryAlternatives(in VouchedExtent extent)
    {
        foreach (PlacedRow extra in _extras.Take(MaxAlternatives))
        {
            int index = _tiles.FindIndex(row => row.Begin == extra.Begin && row.End == extra.End);
            if (index < 0) continue;
            PlacedRow tile = _tiles[index];
            Put(extent, extra);
            if (HasDigest(extent))
            {
                _tiles[index] = extra;
                return true;
            }
            Put(extent, tile);
        }
        return false;
    }

    // With the log file, record by record.
    private void FindChanged(VouchedExtent extent)
    {
        if (content is null || !TryRead(extent, new ByteRange(extent.Probe.Offset, extent.Probe.End)) || !HasDigest(extent))
        {
            Raise(RowState.Suspect, extent);
            return;
        }
        IsRight = true;
        RowState good = extent.Kind == LeafKind.Records ? RowState.Attested : RowState.Adopted;
        var found = new CoveredRanges();
        foreach (PlacedRow row in _tiles.Concat(_extras.Where(extra => extra.End <= extent.Probe.End)))
        {
            if (found.Overlaps(row.Begin, row.End) || !IsInFile(extent, row)) continue;
            found.Add(row.Begin, row.End);
            row.Raise(good, extent);
        }
        // One that overlaps a true record is an addition.
        foreach (PlacedRow tile in _tiles.Where(tile => tile.State < good && !found.Overlaps(tile.Begin, tile.End))) tile.Raise(RowState.Changed, extent);
    }

    private bool IsInFile(VouchedExtent extent, PlacedRow row) =>
        row.Record.Bytes.Span.SequenceEqual(BytesOf(extent, new ByteRange(row.Begin, row.End)).Span);

    private void Raise(RowState state, in VouchedExtent extent)
    {
        foreach (PlacedRow row in _tiles) row.Raise(state, extent);
    }
}
