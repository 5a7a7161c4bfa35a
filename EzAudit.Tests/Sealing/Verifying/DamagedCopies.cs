using System.Collections.Concurrent;
using EzAudit.Records;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Sealing.Verifying;

/// <summary>Copies of a sealed directory, one for each processor, which are damaged in one place at a time and verified as an auditor does it.</summary>
internal sealed class DamagedCopies : IDisposable
{
    // Verification gives the writer of a file that has just changed time to add to the ledger.
    private static readonly DateTime LongAgo = TestClock.Start.UtcDateTime;

    // In memory, if possible: the long form writes each file hundreds of thousands of times.
    private readonly TempFolder _folder = Directory.Exists("/dev/shm") ? new TempFolder("/dev/shm") : new TempFolder();
    private readonly ConcurrentBag<string> _free = [];
    private readonly string _key;

    /// <param name="directory">The log directory; its locks are not copied.</param>
    /// <param name="key">The verification key.</param>
    public DamagedCopies(string directory, string key)
    {
        _key = key;
        Files = Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(directory, path))
            .Where(name => !name.StartsWith(".ezaudit/", StringComparison.Ordinal))
            .ToDictionary(name => name, name => File.ReadAllBytes(Path.Combine(directory, name)));
        for (int i = 0; i < Environment.ProcessorCount; i++)
        {
            string copy = Directory.CreateDirectory(_folder[$"{i}"]).FullName;
            foreach (string name in Files.Keys) Write(copy, name, Files[name]);
            _free.Add(copy);
        }
    }

    /// <summary>The files, by their names relative to the directory, and their content.</summary>
    public IReadOnlyDictionary<string, byte[]> Files { get; }

    /// <summary>Verifies the directory with each of the changes, one after the other.</summary>
    /// <returns>What went unnoticed, and how many changes there were.</returns>
    public (IReadOnlyList<Damage> Unnoticed, int Count) Find(IEnumerable<Damage> damages)
    {
        var unnoticed = new ConcurrentBag<Damage>();
        int count = 0;
        Parallel.ForEach(Partitioner.Create(damages, EnumerablePartitionerOptions.NoBuffering), new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, damage =>
        {
            Assert.IsTrue(_free.TryTake(out string? copy));
            Write(copy, damage.File, damage.Change(Files[damage.File]));
            if (Verify(copy) == AuditVerificationResult.Intact) unnoticed.Add(damage);
            Write(copy, damage.File, Files[damage.File]);
            _free.Add(copy);
            Interlocked.Increment(ref count);
        });
        // Otherwise the changes themselves may not be what was found.
        foreach (string copy in _free) Assert.AreEqual(AuditVerificationResult.Intact, Verify(copy));
        return ([.. unnoticed], count);
    }

    public void Dispose() => _folder.Dispose();

    private AuditVerificationResult Verify(string copy) => AuditLedger.OpenDirectory(copy).WithKeys(_key).Verify(new AuditVerifyOptions { Threads = 1 }).Result;

    private static void Write(string copy, string name, byte[]? bytes)
    {
        string path = Path.Combine(copy, name);
        if (bytes is null)
        {
            File.Delete(path);
            return;
        }
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
        File.SetLastWriteTimeUtc(path, LongAgo);
    }
}
