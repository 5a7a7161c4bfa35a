using System.Buffers;
using EzAudit.Extensibility;
using EzAudit.Records;

namespace EzAudit.Tests.Support;

/// <summary>Lets tests use a format on whole records and whole files.</summary>
internal static class FormatExtensions
{
    /// <summary>The function of every record that these tests write.</summary>
    public static readonly AuditFunction Function = new() { Name = "t" };

    public static byte[] ToBytes(this IAuditFormat format, params IEnumerable<AuditRecord> records)
    {
        var output = new ArrayBufferWriter<byte>();
        foreach (AuditRecord record in records)
        {
            AuditField[] fields = [.. record.Fields];
            format.Write(new AuditRecordView(Function, record.Time, record.Address, record.Actor, fields, record.Session, record.Trace), output);
        }
        return output.WrittenSpan.ToArray();
    }

    /// <summary>Every item found in a file except blank ones: its offset, and its content.</summary>
    /// <param name="format">The format.</param>
    /// <param name="file">The bytes.</param>
    /// <param name="step">How many more bytes the format gets each time it asks for more.</param>
    public static List<(int Offset, AuditReadResult Piece)> ReadAll(this IAuditFormat format, ReadOnlySpan<byte> file, int step = int.MaxValue)
    {
        var pieces = new List<(int, AuditReadResult)>();
        int offset = 0;
        int shown = Math.Min(step, file.Length);
        while (offset < file.Length)
        {
            AuditReadResult piece = format.Read(file[offset..shown], shown == file.Length);
            if (piece.Consumed == 0)
            {
                Assert.AreNotEqual(file.Length, shown, "the format left the last bytes unread");
                shown = (int)Math.Min((long)shown + step, file.Length);
                continue;
            }
            Assert.IsLessThanOrEqualTo(shown - offset, piece.Consumed);
            if (piece.Record is not null || piece.Problem is not null) pieces.Add((offset, piece));
            offset += piece.Consumed;
        }
        return pieces;
    }
}
