using EzAudit.Formats.Classic;
using EzAudit.Reading.Matching;
using EzAudit.Records;
using EzAudit.Storage.Content;

namespace EzAudit.Reading.Scanning;

/// <summary>Reads chunks of a plain classic file, several at a time if necessary: each chunk alone determines where its pieces begin and end.</summary>
/// <param name="path">The path, for messages.</param>
/// <param name="content">The file.</param>
/// <param name="length">The length up to which the file is read.</param>
/// <param name="size">The size of the largest chunk.</param>
internal sealed class PlainChunks(string path, PlainContent content, long length, ChunkSize size)
{
    // The two bytes before a header decide whether it counts.
    private const int Before = 2;

    /// <summary>How much is held in memory to find the end of one record.</summary>
    public int Window { get; init; } = LogFileReader.DefaultWindow;

    private readonly BufferPool _buffers = new(Before + size.Bytes + size.Lookahead);

    /// <summary>Passes on the pieces of a chunk that may hold a needle; all pieces if there is no needle.</summary>
    public void Read(Chunk chunk, Needle? needle, IPieceSink sink)
    {
        byte[] buffer = _buffers.Rent();
        try
        {
            Read(chunk, buffer, needle, sink);
        }
        finally
        {
            _buffers.Return(buffer);
        }
    }

    private void Read(Chunk chunk, byte[] buffer, Needle? needle, IPieceSink sink)
    {
        long offset = Math.Max(0, chunk.Start - Before);
        ReadOnlySpan<byte> bytes = Fill(buffer, offset, Math.Min(length, chunk.End + size.Lookahead));
        // True also if the file was truncated meanwhile.
        bool isFinal = offset + bytes.Length >= length || bytes.Length < chunk.End + size.Lookahead - offset;
        int behind = (int)Math.Min(bytes.Length, chunk.End - offset);
        int start = chunk.Start == 0 ? 0 : ClassicReading.FindHeader(bytes, (int)(chunk.Start - offset), behind);
        if (start < 0) return;
        int end = chunk.End >= length ? bytes.Length : ClassicReading.FindHeader(bytes, behind, bytes.Length);
        if (end < 0 && isFinal) end = bytes.Length;
        if (end >= 0)
        {
            BlockWalk.Walk(new Block(bytes, start, end, offset, isFinal), needle, sink);
            return;
        }
        int last = Math.Max(start, ClassicReading.FindLastHeader(bytes, start, behind));
        BlockWalk.Walk(new Block(bytes, start, last, offset, isFinal: false), needle, sink);
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

    // The last piece, including what follows it up to the next header, is longer than the buffer.
    private void ReadLong(long start, long end, IPieceSink sink)
    {
        using var file = new LogFileReader(path, new BoundedContent(content, length), Window);
        file.Rewind(start);
        while (true)
        {
            ClassicPiece piece = file.Bytes.IsEmpty ? default : ClassicReading.Find(file.Bytes, file.IsWhole);
            if (piece.Length == 0)
            {
                if (file.IsWhole) return;
                file.Fill();
                continue;
            }
            if (file.Offset >= end && ClassicHeader.StartsWithHeader(file.Bytes)) return;
            // The tail of a piece that is too large for memory was never read.
            if (piece.Problem == AuditLogProblemKind.TornTail && !file.IsAtEnd) piece = piece with { Problem = AuditLogProblemKind.Damage };
            sink.Take(file.Bytes[..piece.Length], piece, file.Offset);
            file.Skip(piece.Length);
        }
    }
}
