using System.Buffers.Binary;
using EzAudit.PostgreSql.Sending;
using Npgsql;

namespace EzAudit.Benchmarks.Store;

/// <summary>The rows of one store, prepared for a COPY that nothing guards into another.</summary>
internal sealed class BareCopy
{
    private const int HeaderLength = 19;
    private const int BatchRows = 10_000;

    private readonly List<byte[]> _batches = [];

    private BareCopy()
    {
    }

    public int Rows { get; private set; }

    /// <summary>Reads the rows, in batches as the sender makes them.</summary>
    public static BareCopy Of(string connection)
    {
        using var source = new NpgsqlConnection(connection + ";Pooling=false");
        source.Open();
        using NpgsqlRawCopyStream stream = source.BeginRawBinaryCopy($"COPY (SELECT {RecordRow.Columns} FROM ezaudit.audit_record ORDER BY run, number) TO STDOUT (FORMAT binary)");
        var all = new MemoryStream();
        stream.CopyTo(all);
        var copy = new BareCopy();
        copy.Divide(all.GetBuffer().AsSpan(0, (int)all.Length));
        return copy;
    }

    /// <summary>Copies the rows, with a commit after each batch.</summary>
    public void Into(string connection)
    {
        using var target = new NpgsqlConnection(connection + ";Pooling=false");
        target.Open();
        foreach (byte[] batch in _batches)
        {
            using NpgsqlRawCopyStream stream = target.BeginRawBinaryCopy($"COPY ezaudit.audit_record ({RecordRow.Columns}) FROM STDIN (FORMAT binary)");
            stream.Write(batch);
        }
    }

    private void Divide(ReadOnlySpan<byte> stream)
    {
        ReadOnlySpan<byte> header = stream[..HeaderLength];
        int start = HeaderLength;
        int rows = 0;
        for (int at = start; ; rows++)
        {
            short columns = BinaryPrimitives.ReadInt16BigEndian(stream[at..]);
            if (columns < 0 || rows == BatchRows)
            {
                if (rows > 0) _batches.Add([.. header, .. stream[start..at], 0xff, 0xff]);
                Rows += rows;
                (start, rows) = (at, 0);
                if (columns < 0) return;
            }
            at += sizeof(short);
            for (int column = 0; column < columns; column++) at += sizeof(int) + Math.Max(0, BinaryPrimitives.ReadInt32BigEndian(stream[at..]));
        }
    }
}
