using System.Collections.Concurrent;
using EzAudit.Records;
using EzAudit.Settings.Model;
using EzAudit.Storage;
using EzAudit.Storage.Appending;
using EzAudit.Tests.Storage;

namespace EzAudit.Tests.Faults.Memory;

/// <summary>Thousands of random schedules on a disk that forgets what was not synced and breaks at a random call.</summary>
[TestClass]
[TestCategory(FaultForm.Category)]
[DoNotParallelize]
public sealed class MemoryDiskTests
{
    private const int MaxCalls = 90;

    [TestMethod]
    [Fault(4)]
    [DataRow(MemoryFault.Error)]
    [DataRow(MemoryFault.HalfWrite)]
    [DataRow(MemoryFault.Cut)]
    public void WhatWasAcknowledgedSurvivesAnyFault(MemoryFault fault)
    {
        var complaints = new List<string>();
        int acknowledged = 0;
        int trials = FaultForm.Choose(1_500, 50_000);
        for (int seed = 0; seed < trials && complaints.Count < 20; seed++) acknowledged += Trial(seed, fault, complaints);
        Console.WriteLine($"memory disk, {fault} | {trials} | {acknowledged}");
        Assert.IsEmpty(complaints, string.Join('\n', complaints));
    }

    [TestMethod]
    [Fault(11)]
    public void TheRestOfAShortWriteIsNotWrittenBehindIt()
    {
        // Another program may have appended meanwhile, and the rest would land after its record.
        int refusals = 0;
        for (int call = 1; call < MaxCalls; call++)
        {
            var disk = new MemoryDisk { Fault = MemoryFault.HalfWrite, BreaksAt = call };
            using var folder = new LogFolder();
            LogFile file = folder.Open("a.log", directory: new MemoryDirectory(disk));
            try
            {
                Append(file, "first;");
            }
            catch (StorageException failure)
            {
                Assert.AreEqual((AuditWriteStage.Write, false), (failure.Stage, failure.MayBeStored));
                refusals++;
            }
            if (refusals == 0) continue;

            Append(file, "second;");
            Assert.AreEqual("[ fir<torn>\n\n[ second;\n\n", disk.Text("a.log"));
            return;
        }
        Assert.Fail("No call of a first record was a write.");
    }

    private static int Trial(int seed, MemoryFault fault, List<string> complaints)
    {
        var random = new Random(seed);
        var disk = new MemoryDisk { Fault = fault, BreaksAt = random.Next(1, MaxCalls) };
        var rotation = new RotationSettings
        {
            MaxFileSize = random.Next(2) == 0 ? 0 : random.Next(1, 60),
            Naming = random.Next(2) == 0 ? RotationNaming.Numbered : RotationNaming.Dated,
        };
        // Two processes wait for each other's lease, which takes milliseconds, so only some of the cases use two.
        int processes = random.Next(10) == 0 ? 2 : 1;
        int threads = random.Next(1, 4);
        string trial = $"seed {seed}, {fault} at call {disk.BreaksAt}, {processes} processes, {threads} threads, rotation at {rotation.MaxFileSize} {rotation.Naming}";
        var acknowledged = new ConcurrentQueue<string>();
        var refused = new ConcurrentQueue<string>();
        var unexpected = new ConcurrentQueue<string>();

        LogFolder[] folders = [.. Enumerable.Range(0, processes).Select(_ => new LogFolder())];
        LogFile[] files = [.. folders.Select(folder => folder.Open("a.log", rotation, directory: new MemoryDirectory(disk)))];
        Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads }, thread =>
        {
            for (int i = 0; i < 6; i++)
            {
                string id = $"{thread}-{i};";
                try
                {
                    Append(files[thread % files.Length], id);
                    acknowledged.Enqueue(id);
                }
                catch (StorageException failure)
                {
                    if (!failure.MayBeStored) refused.Enqueue(id);
                }
                catch (Exception failure)
                {
                    unexpected.Enqueue(failure.ToString());
                }
            }
        });
        // Compares the disk as it is now, and as it would be if the power were cut now.
        Check(trial, disk.Text("a.log"), [.. acknowledged], [.. refused], complaints);
        MemoryDisk after = disk.Restart(random);
        Check(trial + ", after the restart", after.Text("a.log"), [.. acknowledged], [], complaints);
        complaints.AddRange(unexpected.Select(failure => $"{trial}: {failure}"));

        foreach (LogFolder folder in folders) Close(folder);
        using var successor = new LogFolder();
        Append(successor.Open("a.log", rotation, directory: new MemoryDirectory(after)), "successor;");
        Check(trial + ", with a successor", after.Text("a.log"), [.. acknowledged, "successor;"], [], complaints);
        return acknowledged.Count;
    }

    // A record is whole when it is alone: at the beginning, after the end of another record, or after the zeros that a failed sync left of
    // one, which readers report as damage.
    private static void Check(string trial, string text, string[] acknowledged, string[] refused, List<string> complaints)
    {
        ILookup<string, string> pieces = text.Split(["\n\n", "\0"], StringSplitOptions.None).ToLookup(piece => piece);
        foreach (string id in acknowledged)
        {
            int count = pieces[$"[ {id}"].Count();
            if (count != 1) complaints.Add($"{trial}: {id} was acknowledged and is there {count} times: {Shown(text)}");
        }
        foreach (string id in refused.Where(id => pieces.Contains($"[ {id}"))) complaints.Add($"{trial}: {id} is stored, though MayBeStored was false: {Shown(text)}");
    }

    // The one place that knows how to make a log file store a record.
    private static void Append(LogFile file, string id) => LogFolder.Append(file, id);

    private static void Close(LogFolder folder)
    {
        try
        {
            folder.Dispose();
        }
        catch (StorageException)
        {
            // The disk has no power, so closing fails.
        }
    }

    private static string Shown(string text) => text.Replace("\n", "\\n", StringComparison.Ordinal).Replace("\0", "\\0", StringComparison.Ordinal);
}
