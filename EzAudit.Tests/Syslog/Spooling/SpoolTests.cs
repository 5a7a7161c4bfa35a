using System.Globalization;
using System.Text;
using EzAudit.Syslog.Spooling;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Syslog.Spooling;

/// <summary>The spool: everything appended is read in order, whatever happened to the process.</summary>
[TestClass]
public sealed class SpoolTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TempFolder _root = new();
    private readonly List<string> _reports = [];

    public void Dispose() => _root.Dispose();

    [TestMethod]
    public void EveryCreatedDirectoryIsPrivateToItsOwner()
    {
        if (OperatingSystem.IsWindows()) Assert.Inconclusive("Windows has no permission bits.");
        using SpoolFolder folder = SpoolFolder.Create(_root["spool/audit/log"]);

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
        using (SpoolFolder folder = SpoolFolder.Create(_root.Path)) File.SetUnixFileMode(folder.Path, (UnixFileMode)Convert.ToInt32(mode, 8));

        Assert.IsFalse(SpoolFolder.TryAdopt(_root.Path, out _));
    }

    [TestMethod]
    public void ALinkToARunIsNotOne()
    {
        if (!OperatingSystem.IsLinux()) Assert.Inconclusive("Links need a privilege on Windows.");
        using SpoolFolder held = SpoolFolder.Create(_root["elsewhere"]);
        Directory.CreateDirectory(_root["spool"]);
        Directory.CreateSymbolicLink(_root["spool/000000000000-00000000"], held.Path);
        held.Dispose();

        Assert.IsFalse(SpoolFolder.TryAdopt(_root["spool"], out _));
    }

    [TestMethod]
    public void EntriesOfManyThreadsAreReadOnceAndInEachThreadsOrder()
    {
        using SpoolFolder folder = SpoolFolder.Create(_root.Path);
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
                using SpoolFolder folder = SpoolFolder.Create(_root.Path);
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
        using SpoolFolder folder = SpoolFolder.Create(_root.Path);
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
        using SpoolFolder held = SpoolFolder.Create(_root.Path);
        Assert.IsFalse(SpoolFolder.TryAdopt(_root.Path, out _));
    }

    [TestMethod]
    public void ATornTailIsReportedOnceAndWhatIsWholeIsRead()
    {
        string segment = Write("a", "b");
        foreach (int cut in new[] { 1, 5, 9 })
        {
            using (var file = new FileStream(segment, FileMode.Open)) file.SetLength(18 - cut);
            _reports.Clear();
            using SpoolRun run = Adopt();
            Assert.AreEqual("a", Next(run));
            Assert.IsNull(Next(run));
            Assert.IsNull(Next(run));
            // Truncated completely, it is not damage.
            Assert.HasCount(cut == 9 ? 0 : 1, _reports);
        }
    }

    [TestMethod]
    public void AMessageThatSomebodyDeletedIsReportedOnce()
    {
        using SpoolFolder folder = SpoolFolder.Create(_root.Path);
        using var writer = new SpoolWriter(folder, long.MaxValue);
        using var run = new SpoolRun(folder, () => writer.Written, _reports.Add);
        Assert.IsTrue(writer.Append("a"u8, sync: false, Patience));
        File.Delete(folder.SegmentPath(0));
        Assert.IsNull(Next(run));
        Assert.IsTrue(run.IsAtEnd);
        Assert.AreEqual($"{folder.Path}: found no complete message from position 0 to 9, expected at least one; what was there is lost.", _reports.Single());
    }

    [TestMethod]
    public void WhatIsMissingBeforeALaterSegmentIsReportedToo()
    {
        using SpoolFolder folder = SpoolFolder.Create(_root.Path);
        using var writer = new SpoolWriter(folder, long.MaxValue);
        using var run = new SpoolRun(folder, () => writer.Written, _reports.Add);
        for (int i = 0; i < 5; i++) Assert.IsTrue(writer.Append(new byte[1 << 20], sync: false, Patience));
        Assert.IsTrue(run.TryRead(out _));
        long[] starts = folder.Segments();
        using (var first = new FileStream(folder.SegmentPath(0), FileMode.Open, FileAccess.Write, FileShare.ReadWrite)) first.SetLength(run.Position);

        Assert.IsTrue(run.TryRead(out _));
        Assert.AreEqual(writer.Written, run.Position);
        Assert.AreEqual($"{folder.Path}: found no complete message from position {(1 << 20) + 8} to {starts[1]}, expected at least one; what was there is lost.", _reports.Single());
    }

    [TestMethod]
    public void ARunOfWhichOnlyTheEndRemainsIsReadFromThere()
    {
        // A power cut may leave this state: confirmed entries are deleted, and the cursor is older.
        using (SpoolFolder folder = SpoolFolder.Create(_root.Path))
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
        using SpoolFolder folder = SpoolFolder.Create(_root.Path);
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
            CollectionAssert.AreEqual(new[] { "aaaa", "bbbb", "cccc" }.Take(i / 12).ToArray(), read, $"byte {i}");
        }
    }

    private string Write(params string[] messages)
    {
        using SpoolFolder folder = SpoolFolder.Create(_root.Path);
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
