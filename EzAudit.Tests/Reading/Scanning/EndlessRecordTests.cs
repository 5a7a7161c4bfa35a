using EzAudit.Extensibility;
using EzAudit.Formats.Classic;
using EzAudit.Formats.InPlace;
using EzAudit.Formats.Json;
using EzAudit.Reading.Files;
using EzAudit.Reading.Matching;
using EzAudit.Reading.Scanning;
using EzAudit.Records;
using EzAudit.Storage.Content;
using NodaTime;

namespace EzAudit.Tests.Reading.Scanning;

/// <summary>A record without an end takes no more memory than the longest record that a writer accepts.</summary>
[TestClass]
public sealed class EndlessRecordTests
{
    private const string Classic = "[ Nov 22 2026 14:00:05 ] [10.0.0.7] [admin:14]\nText: ";
    private const string Json = "{\"time\":\"2026-11-22T14:00:05.0000000Z\",\"function\":\"";

    [TestMethod]
    [Fault(74)]
    [DataRow(Classic)]
    [DataRow(Json)]
    public void OfAnyFormatNoMoreThanTheWindowIsHeld(string start)
    {
        using var content = new EndlessContent(start);
        IAuditFormat format = start == Json ? new JsonFormat() : new ClassicFormat(DateTimeZone.Utc);
        var pieces = new PieceReader(new LogFileReader("a.log", content), format);

        while (pieces.TryNext(out _)) ;

        Assert.IsTrue(pieces.Problems.All(problem => problem.LeavesDoubt), string.Join('\n', pieces.Problems));
        Assert.IsNotEmpty(pieces.Problems);
        Assert.IsLessThanOrEqualTo(LogFileReader.DefaultWindow, content.Largest);
    }

    [TestMethod]
    [DataRow(Classic)]
    [DataRow(Json)]
    public void NoMoreThanTheWindowIsHeldOfCompressedText(string start)
    {
        using var content = new EndlessContent(start);
        RecordSyntax syntax = start == Json ? JsonSyntax.Instance : new ClassicFormat(DateTimeZone.Utc).Syntax;
        var blocks = new ForwardBlocks(content, syntax, 512 << 10, LogFileReader.DefaultWindow);
        var query = new QueryMatcher(AuditQuery.All, new Dictionary<string, AuditFunction>());
        var file = new AuditLogFile { Path = "a.log", IsCompressed = true };

        FoundProblems[] found = [.. blocks.Cut(null, () => new FoundProblems(new RecordMatcher(query, file))).Select(work => work())];

        Assert.IsTrue(found.Any(part => part.Problems.All.Count > 0));
        Assert.IsLessThanOrEqualTo(LogFileReader.DefaultWindow, content.Largest);
    }

    [TestMethod]
    [DataRow(4 << 20, 32 << 20)]
    [DataRow(16 << 20, 128 << 20)]
    [DataRow(int.MaxValue, 1 << 30)]
    public void TheWindowHoldsEveryRecordThatTheSettingsAllow(int maxRecordBytes, int window) => Assert.AreEqual(window, LogFileReader.WindowFor(maxRecordBytes));

    // 600 MiB, which only a window of that size could hold.
    private sealed class EndlessContent(string start) : ILogContent
    {
        private const long Length = 600 << 20;

        public int Largest { get; private set; }

        public int Read(Span<byte> bytes, long offset)
        {
            Largest = Math.Max(Largest, bytes.Length);
            int count = (int)Math.Min(bytes.Length, Length - offset);
            bytes[..count].Fill((byte)'x');
            for (int i = 0; i < count && offset + i < start.Length; i++) bytes[i] = (byte)start[(int)offset + i];
            return count;
        }

        public void Dispose()
        {
        }
    }
}
