using EzAudit.Records;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Reading.Scanning;

/// <summary>Readers and writers of one file at the same time.</summary>
[TestClass]
[DoNotParallelize]
public sealed class ReadingUnderLoadTests
{
    private const int Writers = 4;
    private const int Records = 2_000;

    [TestMethod]
    [Fault(74)]
    [DataRow("disk", 0)]
    [DataRow("os", 0)]
    [DataRow("os", 100_000)]
    public async Task ReadersHoldUpNoWriterAndSeeOnlyWholeRecords(string durability, int maxFileSize)
    {
        int count = durability == "disk" ? Records / 10 : Records;
        using var site = new AuditSite($"{AuditSite.Enabled}[FunctionDefaults]\nDurability={durability}\nWriteTimeout=5s\n[RotationSettings]\nMaxFileSize={maxFileSize}\n");
        Assert.IsTrue(NumberedRecord.Write(site.Writer, "user-login", "first", 100));
        using var written = new CancellationTokenSource();
        Task<int>[] readers = [.. Enumerable.Range(0, 2).Select(_ => Task.Factory.StartNew(
            () => Read(site, written.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))];

        Task[] writers = [.. Enumerable.Range(0, Writers).Select(thread => Task.Factory.StartNew(
            () =>
            {
                for (int i = 0; i < count; i++) Assert.IsTrue(NumberedRecord.Write(site.Writer, "user-login", $"{thread}-{i}", 100));
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))];
        await Task.WhenAll(writers);
        await written.CancelAsync();

        foreach (int rounds in await Task.WhenAll(readers)) Assert.IsGreaterThan(0, rounds);
        using AuditLogReader log = AuditLogReader.Open(site.Root.Path);
        Assert.AreEqual(1 + (Writers * count), log.Count(AuditQuery.All));
    }

    // Reads only whole records, never fewer than before; returns how often it has read the file.
    private static int Read(AuditSite site, CancellationToken written)
    {
        int before = 0;
        int rounds = 0;
        do
        {
            using AuditLogReader log = AuditLogReader.Open(site.Root.Path);
            int found = 0;
            foreach (AuditFoundRecord record in log.Search(AuditQuery.All, cancellationToken: CancellationToken.None))
            {
                Assert.IsNotNull(NumberedRecord.WholeId(record.Record));
                found++;
            }
            Assert.IsGreaterThanOrEqualTo(before, found);
            before = found;
            rounds++;
        }
        while (!written.IsCancellationRequested);
        return rounds;
    }
}
