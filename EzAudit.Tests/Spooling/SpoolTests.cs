using System.Globalization;
using System.Text;
using EzAudit.Spooling;
using EzAudit.Spooling.Entries;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Spooling;

/// <summary>The spool: everything appended is read in order, whatever happened to the process.</summary>
[TestClass]
public sealed class SpoolTests : IDisposable
{
    private static readonly SpoolHeader Header = new("host/app", "0123456789abcdef");
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // Of a record of one byte.
    private const int EntryBytes = SpoolEntry.HeaderBytes + 1;

    private readonly TempFolder _root = new();
    private readonly List<string> _reports = [];

    public void Dispose() => _root.Dispose();

    [TestMethod]
    public void EveryCreatedDirectoryIsPrivateToItsOwner()
    {
        if (OperatingSystem.IsWindows()) Assert.Inconclusive("Windows has no permission bits.");
        using SpoolFolder folder = SpoolFolder.Create(_root["spool/audit/log"], Header);

        foreach (string directory in new[] { "spool", "spool/audit", "spool/audit/log" })
            Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_root[directory]), directory);
        Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder.Path));
    }

    [TestMethod]
    [DataRow("777")]
    [DataRow("770")]
    public void ARunThatOthersCanWriteToIsNotSentAsOurs(string mode)
    {
        if (!OperatingSystem.IsLinux()) Assert.Inconclusive("Only Linux tells who owns a directory.");
        using (SpoolFolder folder = SpoolFolder.Create(_root.Path, Header)) File.SetUnixFileMode(folder.Path, (UnixFileMode)Convert.ToInt32(mode, 8));

        Assert.IsFalse(SpoolFolder.TryAdopt(_root.Path, out _));
    }

    [TestMethod]
    public void ALinkToARunIsNotOne()
    {
        if (!OperatingSystem.IsLinux()) Assert.Inconclusive("Links need a privilege on Windows.");
        using SpoolFolder held = SpoolFolder.Create(_root["elsewhere"], Header);
        Directory.CreateDirectory(_root["spool"]);
        Directory.CreateSymbolicLink(_root["spool/000000000000-00000000"], held.Path);
        held.Dispose();

        Assert.IsFalse(SpoolFolder.TryAdopt(_root["spool"], out _));
    }

    [TestMethod]
    public void EntriesOfManyThreadsAreReadOnceAndInEachThreadsOrder()
    {
        using SpoolFolder folder = SpoolFolder.Create(_root.Path, Header);
        using var writer = new SpoolWriter(folder, long.MaxValue);
        using var reader = new SpoolReader(folder, () => writer.Written, _reports.Add);
        // More than one segment.
        Parallel.For(0, 8, thread =>
        {
            for (int i = 0; i < 2000; i++) Assert.IsTrue(writer.Append(Encoding.UTF8.GetBytes($"{thread}-{i}-{new string('x', 500)}"), sync: i % 500 == 0, Patience));
        });
        int[] next = new int[8];
        int count = 0;
        for (; reader.TryRead(out ReadOnlySpan<byte> message); count++)
        {
            string[] parts = Encoding.UTF8.GetString(message).Split('-');
            Assert.AreEqual(next[int.Parse(parts[0], CultureInfo.InvariantCulture)]++, int.Parse(parts[1], CultureInfo.InvariantCulture));
        }
        Assert.AreEqual(16_000, count);
        Assert.AreEqual(writer.Written, reader.Position);
        Assert.IsGreaterThan(1, folder.Segments().Length);
    }

    [TestMethod]
    public void EntriesWrittenWhileTheReaderLooksAreNotMistakenForLost()
    {
        // The reader repeatedly asks how much of the spool is complete; between any two questions something may be written, perhaps
        // to a new segment.
        const int Questions = 12;
        foreach (int before in new[] { 0, 1, 4 })
        {
            for (int question = 0; question < Questions; question++)
            {
                using SpoolFolder folder = SpoolFolder.Create(_root.Path, Header);
                using var writer = new SpoolWriter(folder, long.MaxValue);
                for (int i = 0; i < before; i++) Assert.IsTrue(writer.Append(new byte[1 << 20], sync: false, Patience));
                int asked = 0;
                using var reader = new SpoolReader(folder, Whole, _reports.Add);
                int read = 0;
                while (asked <= Questions || reader.Position < writer.Written) read += reader.TryRead(out _) ? 1 : 0;
                Assert.IsEmpty(_reports, $"{before} messages, question {question}");
                Assert.AreEqual(before + 2, read, $"{before} messages, question {question}");

                long Whole()
                {
                    if (asked == question || asked == question + 1) Assert.IsTrue(writer.Append("late"u8, sync: false, Patience));
                    asked++;
                    return writer.Written;
                }
            }
        }
    }

    [TestMethod]
    public void WhenItIsFullItSaysSoUntilThereIsRoomAgain()
    {
        using SpoolFolder folder = SpoolFolder.Create(_root.Path, Header);
        using var writer = new SpoolWriter(folder, 1000);
        Assert.IsTrue(writer.Append(new byte[900], sync: false, Patience));
        Assert.IsFalse(writer.Append(new byte[100], sync: false, Patience));
        writer.Confirm(writer.Written);
        Assert.IsTrue(writer.Append(new byte[100], sync: false, Patience));
        writer.SetBytesOfOthers(1000);
        Assert.IsFalse(writer.Append(new byte[1], sync: false, Patience));
    }

    [TestMethod]
    public void TheNextRunContinuesWhereTheServerStoppedReading()
    {
        Write("a", "b", "c");
        using (SpoolRun first = Adopt())
        {
            Assert.AreEqual("a", Next(first));
            first.Confirm(first.Position);
            Assert.AreEqual("b", Next(first));
        }
        using SpoolRun second = Adopt();
        Assert.AreEqual("b", Next(second));
        Assert.AreEqual("c", Next(second));
        Assert.IsNull(Next(second));
        Assert.IsTrue(second.HasEnded);
        second.Delete();
        Assert.IsEmpty(Directory.GetFileSystemEntries(_root.Path));
    }

    [TestMethod]
    public void ARunThatIsHeldIsLeftAlone()
    {
        using SpoolFolder held = SpoolFolder.Create(_root.Path, Header);
        Assert.IsFalse(SpoolFolder.TryAdopt(_root.Path, out _));
    }

    [TestMethod]
    public void ATornTailIsReportedOnceAndWhatIsWholeIsRead()
    {
        string segment = Write("a", "b");
        foreach (int cut in new[] { 1, 5, EntryBytes })
        {
            using (var file = new FileStream(segment, FileMode.Open)) file.SetLength((2 * EntryBytes) - cut);
            _reports.Clear();
            using SpoolRun run = Adopt();
            Assert.AreEqual("a", Next(run));
            Assert.IsNull(Next(run));
            Assert.IsNull(Next(run));
            // Truncated completely, it is not damage.
            Assert.HasCount(cut == EntryBytes ? 0 : 1, _reports);
        }
    }

    [TestMethod]
    public void AMessageThatSomebodyDeletedIsReportedOnce()
    {
        using SpoolFolder folder = SpoolFolder.Create(_root.Path, Header);
        using var writer = new SpoolWriter(folder, long.MaxValue);
        using var run = new SpoolRun(folder, () => writer.Written, _reports.Add);
        Assert.IsTrue(writer.Append("a"u8, sync: false, Patience));
        File.Delete(folder.SegmentPath(0));
        Assert.IsNull(Next(run));
        Assert.IsTrue(run.IsAtEnd);
        Assert.AreEqual($"{folder.Path}: found no complete record from position 0 to {EntryBytes}, expected at least one; what was there is lost.", _reports.Single());
    }

    [TestMethod]
    public void WhatIsMissingBeforeALaterSegmentIsReportedToo()
    {
        using SpoolFolder folder = SpoolFolder.Create(_root.Path, Header);
        using var writer = new SpoolWriter(folder, long.MaxValue);
        using var run = new SpoolRun(folder, () => writer.Written, _reports.Add);
        for (int i = 0; i < 5; i++) Assert.IsTrue(writer.Append(new byte[1 << 20], sync: false, Patience));
        Assert.IsTrue(run.TryRead(out _));
        long[] starts = folder.Segments();
        using (var first = new FileStream(folder.SegmentPath(0), FileMode.Open, FileAccess.Write, FileShare.ReadWrite)) first.SetLength(run.Position);

        Assert.IsTrue(run.TryRead(out _));
        Assert.AreEqual(writer.Written, run.Position);
        Assert.AreEqual($"{folder.Path}: found no complete record from position {(1 << 20) + SpoolEntry.HeaderBytes} to {starts[1]}, expected at least one; what was there is lost.", _reports.Single());
    }

    [TestMethod]
    public void ARunOfWhichOnlyTheEndRemainsIsReadFromThere()
    {
        // A power cut may leave this state: confirmed entries are deleted, and the cursor is older.
        using (SpoolFolder folder = SpoolFolder.Create(_root.Path, Header))
        using (var writer = new SpoolWriter(folder, long.MaxValue))
        {
            for (int i = 0; i < 5; i++) Assert.IsTrue(writer.Append(new byte[1 << 20], sync: false, Patience));
            File.Delete(folder.SegmentPath(0));
        }
        using SpoolRun run = Adopt();
        Assert.IsTrue(run.TryRead(out _));
        Assert.IsFalse(run.TryRead(out _));
        Assert.IsEmpty(_reports);
    }

    [TestMethod]
    public void APartlyDeletedRunIsNotSentAgain()
    {
        Write("a", "b");
        using (SpoolRun first = Adopt())
        {
            while (Next(first) is not null) first.Confirm(first.Position);
            // A process is killed while it deletes the run.
            File.Delete(Directory.GetFiles(_root.Path, "*.spool", SearchOption.AllDirectories).Single());
        }
        using SpoolRun second = Adopt();
        Assert.IsNull(Next(second));
        second.Delete();
        Assert.IsEmpty(Directory.GetFileSystemEntries(_root.Path));
    }

    [TestMethod]
    public void AClosedSpoolAcceptsNothing()
    {
        using SpoolFolder folder = SpoolFolder.Create(_root.Path, Header);
        var writer = new SpoolWriter(folder, long.MaxValue);
        writer.Dispose();
        Assert.ThrowsExactly<IOException>(() => writer.Append("a"u8, sync: false, Patience));
        Assert.IsEmpty(folder.Segments());
        Assert.AreEqual(0, writer.WaitingBytes);
    }

    [TestMethod]
    public void DamagedBytesAreNoMessage()
    {
        string segment = Write("aaaa", "bbbb", "cccc");
        byte[] whole = File.ReadAllBytes(segment);
        for (int i = 0; i < whole.Length; i++)
        {
            byte[] damaged = [.. whole];
            damaged[i] ^= 0x40;
            File.WriteAllBytes(segment, damaged);
            using SpoolRun run = Adopt();
            var read = new List<string>();
            while (Next(run) is { } message) read.Add(message);
            CollectionAssert.AreEqual(new[] { "aaaa", "bbbb", "cccc" }.Take(i / (SpoolEntry.HeaderBytes + 4)).ToArray(), read, $"byte {i}");
        }
    }

    [TestMethod]
    public void NumbersFollowTheOrderOfTheSpoolWithoutGaps()
    {
        using SpoolFolder folder = SpoolFolder.Create(_root.Path, Header);
        using var writer = new SpoolWriter(folder, long.MaxValue);
        Parallel.For(0, 8, _ =>
        {
            for (int i = 0; i < 500; i++) Assert.IsTrue(writer.Append("x"u8, sync: false, Patience));
        });
        using var run = new SpoolRun(folder, () => writer.Written, _reports.Add);
        for (long number = 1; run.TryRead(out _); number++) Assert.AreEqual(number, run.Number);
        Assert.AreEqual(4000, run.Number);
    }

    [TestMethod]
    public void TheNumbersOfAWriteThatFailedAreGivenToTheNextOne()
    {
        using SpoolFolder folder = SpoolFolder.Create(_root.Path, Header);
        using var writer = new SpoolWriter(folder, long.MaxValue);
        // A directory in place of the segment.
        Directory.CreateDirectory(folder.SegmentPath(0));
        Assert.Throws<Exception>(() => writer.Append("a"u8, sync: false, Patience));
        Directory.Delete(folder.SegmentPath(0));
        Assert.IsTrue(writer.Append("b"u8, sync: false, Patience));
        using var run = new SpoolRun(folder, () => writer.Written, _reports.Add);
        Assert.AreEqual("b", Next(run));
        Assert.AreEqual(1, run.Number);
    }

    [TestMethod]
    public void ARecordThatIsPutBackIsReadAgain()
    {
        Write("a", "b");
        using SpoolRun run = Adopt();
        Assert.AreEqual("a", Next(run));
        Assert.AreEqual("b", Next(run));
        run.PutBack();
        Assert.AreEqual("b", Next(run));
        Assert.IsNull(Next(run));
        run.GoBack();
        Assert.AreEqual("a", Next(run));
    }

    [TestMethod]
    [DataRow(null, "no version")]
    [DataRow("ezaudit-spool 2\norigin x\nrun y\n", "version \"ezaudit-spool 2\"")]
    public void ARunOfAnotherVersionIsLeftAlone(string? header, string version)
    {
        string segment = Write("a");
        string directory = Path.GetDirectoryName(segment)!;
        if (header is null) File.Delete(Path.Combine(directory, SpoolHeader.FileName));
        else File.WriteAllText(Path.Combine(directory, SpoolHeader.FileName), header);
        byte[] before = File.ReadAllBytes(segment);
        var foreign = new List<string>();

        Assert.IsFalse(SpoolFolder.TryAdopt(_root.Path, out _, (path, found) => foreign.Add($"{path}: {found}")));

        Assert.AreEqual($"{directory}: {version}", foreign.Single());
        CollectionAssert.AreEqual(before, File.ReadAllBytes(segment));
        using SpoolFolder own = SpoolFolder.Create(_root.Path, Header);
        Assert.AreEqual(0, own.BytesOfOthers([directory]));
    }

    [TestMethod]
    public void ARunIsReadWithTheOriginThatWroteIt()
    {
        Write("a");
        using SpoolRun run = Adopt();
        Assert.AreEqual(Header, run.Header);
    }

    private string Write(params string[] messages)
    {
        using SpoolFolder folder = SpoolFolder.Create(_root.Path, Header);
        using var writer = new SpoolWriter(folder, long.MaxValue);
        foreach (string message in messages) Assert.IsTrue(writer.Append(Encoding.UTF8.GetBytes(message), sync: false, Patience));
        return folder.SegmentPath(0);
    }

    private SpoolRun Adopt()
    {
        Assert.IsTrue(SpoolFolder.TryAdopt(_root.Path, out SpoolFolder? folder));
        return new SpoolRun(folder, end: null, _reports.Add);
    }

    private static string? Next(SpoolRun run) => run.TryRead(out ReadOnlySpan<byte> message) ? Encoding.UTF8.GetString(message) : null;
}
