using NodaTime;

namespace EzAudit.Benchmarks.SideBySide;

/// <summary>One run, from an empty directory to the check of every record; leaves nothing behind.</summary>
internal sealed class Trial(string directory)
{
    public Measurement Run(Entry entry, int threads, int recordsPerThread)
    {
        string place = Directory.CreateDirectory(Path.Combine(directory, "run")).FullName;
        try
        {
            Settle();
            Instant start = SystemClock.Instance.GetCurrentInstant();
            Measurement measurement;
            using (IContender contender = entry.Open(place, threads))
            using (var load = new Load(contender, threads, recordsPerThread))
                measurement = load.Run();
            new WrittenRecords(threads, recordsPerThread, start, SystemClock.Instance.GetCurrentInstant()).Check(place);
            return measurement;
        }
        catch (InvalidDataException fault)
        {
            throw new InvalidDataException($"{entry.Name}: {fault.Message}", fault);
        }
        finally
        {
            Directory.Delete(place, recursive: true);
        }
    }

    // Garbage and dirty pages of the previous run must not slow down the next.
    private void Settle()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        int descriptor = Libc.Open(directory, 0, 0);
        _ = Libc.SyncFileSystem(descriptor);
        _ = Libc.Close(descriptor);
    }
}
