using System.Buffers;
using EzAudit.Formats.InPlace;
using EzAudit.Reading.Files;
using EzAudit.Reading.Matching;
using EzAudit.Records;
using EzAudit.Storage.Content;

namespace EzAudit.Reading.Scanning;

/// <summary>Cuts a plain file into chunks and reads them, several at a time if necessary: each chunk alone determines where its pieces begin and end.</summary>
/// <param name="member">The file.</param>
/// <param name="content">Its content.</param>
/// <param name="syntax">Its syntax.</param>
/// <param name="size">The size of the largest chunk.</param>
internal sealed class PlainChunks(LogMember member, PlainContent content, RecordSyntax syntax, ChunkSize size)
{
    // A search for the last few records should not pay for many.
    private const int FirstBackwards = 32 << 10;

    /// <summary>Stops the reading of a piece that is longer than a chunk.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>Cuts ranges of the file into chunks, in order.</summary>
    public IEnumerable<Chunk> Cut(IReadOnlyList<Chunk> ranges)
    {
        foreach (Chunk range in ranges)
        {
            for (long start = range.Start; start < range.End; start += size.Bytes)
                yield return new Chunk(start, Math.Min(range.End, start + size.Bytes));
        }
    }

    /// <summary>Cuts ranges of the file into chunks, from the last to the first.</summary>
    public IEnumerable<Chunk> CutBackwards(IReadOnlyList<Chunk> ranges)
    {
        int length = Math.Min(FirstBackwards, size.Bytes);
        foreach (Chunk range in ranges.Reverse())
        {
            for (long end = range.End, start; end > range.Start; end = start)
            {
                start = Math.Max(range.Start, end - length);
                yield return new Chunk(start, end);
                length = Math.Min(length * 2, size.Bytes);
            }
        }
    }

    /// <summary>Passes on the pieces of a chunk that may hold a needle; all pieces if there is no needle.</summary>
    public void Read(Chunk chunk, Needle? needle, IPieceSink sink)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(RecordSyntax.BytesBefore + size.Bytes + size.Lookahead);
        try
        {
            Read(chunk, buffer, needle, sink);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private void Read(Chunk chunk, byte[] buffer, Needle? needle, IPieceSink sink)
    {
        long length = member.File.Length;
        long offset = Math.Max(0, chunk.Start - RecordSyntax.BytesBefore);
        ReadOnlySpan<byte> bytes = Fill(buffer, offset, Math.Min(length, chunk.End + size.Lookahead));
        // True also if the file was truncated meanwhile.
        bool isFinal = offset + bytes.Length >= length || bytes.Length < chunk.End + size.Lookahead - offset;
        int behind = (int)Math.Min(bytes.Length, chunk.End - offset);
        int start = chunk.Start == 0 ? 0 : syntax.FindStart(bytes, (int)(chunk.Start - offset), behind);
        if (start < 0) return;
        int end = chunk.End >= length ? bytes.Length : syntax.FindStart(bytes, behind, bytes.Length);
        if (end < 0 && isFinal) end = bytes.Length;
        if (end >= 0)
        {
            new Block(syntax) { Bytes = bytes, Start = start, End = end, Offset = offset, IsFinal = isFinal }.Walk(needle, sink);
            return;
        }
        int last = Math.Max(start, syntax.FindLastStart(bytes, start, behind));
        new Block(syntax) { Bytes = bytes, Start = start, End = last, Offset = offset }.Walk(needle, sink);
        ReadLong(offset + last, chunk.End, sink);
    }

    private ReadOnlySpan<byte> Fill(byte[] buffer, long offset, long end)
    {
        int count = 0;
        while (offset + count < end)
        {
            int read = content.Read(buffer.AsSpan(count, (int)(end - offset - count)), offset + count);
            if (read == 0) break;
            count += read;
        }
        return buffer.AsSpan(0, count);
    }

    // The last piece, including what follows it up to the next start of a record, is longer than the buffer.
    private void ReadLong(long start, long end, IPieceSink sink)
    {
        using var file = new LogFileReader(member.File.Path, new BoundedContent(content, member.File.Length), member.Window);
        file.Rewind(start);
        while (true)
        {
            Cancellation.ThrowIfCancellationRequested();
            RecordView view = default;
            RecordPiece piece = file.Bytes.IsEmpty ? default : syntax.ReadPiece(file.Bytes, file.IsWhole, out view);
            if (piece.Length == 0)
            {
                if (file.IsWhole) return;
                file.Fill();
                continue;
            }
            if (file.Offset >= end && syntax.FindStart(file.Bytes, 0, 1) == 0) return;
            // The tail of a piece that is too large for memory was never read.
            if (piece.Problem == AuditLogProblemKind.TornTail && !file.IsAtEnd) piece = piece with { Problem = AuditLogProblemKind.Damage };
            sink.Take(file.Bytes[..piece.Length], piece, view, file.Offset);
            file.Skip(piece.Length);
        }
    }
}

/// <summary>A range of a file that owns the pieces from its first start of a record to the first one after it.</summary>
internal readonly record struct Chunk(long Start, long End)
{
    public long Length => End - Start;
}

/// <summary>How files are cut for reading.</summary>
/// <param name="Bytes">The maximum size of a chunk: large enough to amortize the read, small enough for the cache of a core.</param>
/// <param name="Lookahead">How many more bytes are read after it: most records that begin in it end there.</param>
internal readonly record struct ChunkSize(int Bytes, int Lookahead)
{
    public static ChunkSize Usual { get; } = new(512 << 10, 16 << 10);
}
