using EzAudit.Storage.Appending;

namespace EzAudit.Tests.Storage.Appending;

/// <summary>Several records of one caller are one write; if not all of them fit, each has its own result.</summary>
[TestClass]
public sealed class AppendAllTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [TestMethod]
    public void TheyAreOneWriteInTheirOrder()
    {
        using var folder = new LogFolder();
        var directory = new NarrowDirectory(folder.NewDirectory());
        LogFile file = folder.Open("a.log", directory: directory);
        AppendResult part = file.AppendAll(Records("1", "2", "3"), Patience);
        Assert.AreEqual(15, part.Count);
        Assert.IsNull(part.Failure);
        Assert.AreEqual(1, directory.Writes);
        Assert.AreEqual("[ 1\n\n[ 2\n\n[ 3\n\n", folder.Read("a.log"));
    }

    [TestMethod]
    public void IfNotAllFitTheFirstAreWritten()
    {
        using var folder = new LogFolder();
        var directory = new NarrowDirectory(folder.NewDirectory()) { Room = 12 };
        LogFile file = folder.Open("a.log", directory: directory);
        AppendResult part = file.AppendAll(Records("1", "2", "3"), Patience);
        Assert.AreEqual(12, part.Count);
        Assert.Contains("wrote only 12 of 15 bytes", part.Failure!.Message);
        part.File!.SyncThrough(part.End, Patience);
        directory.Room = int.MaxValue;
        LogFolder.Append(file, "4");
        Assert.AreEqual("[ 1\n\n[ 2\n\n[ <torn>\n\n[ 4\n\n", folder.Read("a.log"));
    }

    [TestMethod]
    public void ConcurrentCallersKeepTheirRecordsTogetherAndInOrder()
    {
        const int callers = 4;
        const int batches = 50;
        using var folder = new LogFolder();
        LogFile file = folder.Open("a.log");
        Thread[] threads = [.. Enumerable.Range(0, callers).Select(caller => new Thread(() =>
        {
            for (int batch = 0; batch < batches; batch++)
            {
                AppendResult part = file.AppendAll(Records([.. Enumerable.Range(0, 5).Select(i => $"{caller} {batch} {i}")]), Patience);
                if (part.Failure is { } failure) throw failure;
                LogFolder.Append(file, $"{caller} {batch} 5", sync: false);
            }
        }))];
        foreach (Thread thread in threads) thread.Start();
        foreach (Thread thread in threads) thread.Join();
        string[] records = folder.Read("a.log").Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.HasCount(callers * batches * 6, records);
        foreach (IGrouping<char, string> own in records.GroupBy(record => record[2]))
            CollectionAssert.AreEqual(Enumerable.Range(0, batches).SelectMany(batch => Enumerable.Range(0, 6).Select(i => $"[ {own.Key} {batch} {i}")).ToArray(), own.ToArray());
        for (int i = 0; i < records.Length; i++)
        {
            if (records[i].EndsWith(" 4", StringComparison.Ordinal)) Assert.AreEqual(records[i][..^1] + "0", records[i - 4], "Nothing comes between the records of one call.");
        }
    }

    private static byte[] Records(params string[] texts) => [.. texts.SelectMany(LogFolder.Record)];
}
