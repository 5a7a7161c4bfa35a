using EzAudit.Sealing.Ledger;
using EzAudit.Storage;

namespace EzAudit.Sealing.Erasing;

/// <summary>Reads the leaves of a ledger from its segments, without verifying them.</summary>
/// <param name="directory">The log directory.</param>
internal sealed class LeafReader(ILogDirectory directory)
{
    private const int BlockSize = 1 << 20;

    private readonly byte[] _block = new byte[BlockSize];

    /// <summary>Reads from a place to the end.</summary>
    /// <param name="place">Where to start: at the beginning of a line.</param>
    /// <param name="kind">Passes only leaves of this kind; <see langword="null"/>: all.</param>
    /// <param name="take">Receives the leaves in order.</param>
    /// <returns>The end of the last whole line.</returns>
    public LedgerPosition Read(LedgerPosition place, LeafKind? kind, LeafAction take)
    {
        while (true)
        {
            using (IReadFile? file = directory.OpenRead(LedgerSegments.NameOf(place.Segment)))
            {
                if (file is null) return place;
                place = Read(file, place, kind, take);
            }
            if (directory.Identify(LedgerSegments.NameOf(place.Segment + 1)) is null) return place;
            place = new LedgerPosition(place.Segment + 1, 0);
        }
    }

    private LedgerPosition Read(IReadFile file, LedgerPosition place, LeafKind? kind, LeafAction take)
    {
        while (true)
        {
            ReadOnlySpan<byte> lines = _block.AsSpan(0, file.Read(_block, place.Offset));
            int end = lines.LastIndexOf((byte)'\n') + 1;
            if (end == 0) return place;
            for (int at = 0; at < end;)
            {
                int length = lines[at..].IndexOf((byte)'\n') + 1;
                ReadOnlySpan<byte> line = lines.Slice(at, length);
                // What a killed writer left of a line is closed with a NUL, so it is no leaf.
                if ((kind is null || line[0] == (byte)kind) && LedgerLine.TryParse(line, out LedgerLine leaf)) take(leaf, place with { Offset = place.Offset + at });
                at += length;
            }
            place = place with { Offset = place.Offset + end };
        }
    }
}

/// <summary>Receives a leaf.</summary>
/// <param name="line">The leaf.</param>
/// <param name="place">Where its line starts.</param>
internal delegate void LeafAction(in LedgerLine line, LedgerPosition place);
