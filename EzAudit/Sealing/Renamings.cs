using System.Collections.Concurrent;
using EzAudit.Sealing.Ledger;
using EzAudit.Storage;

namespace EzAudit.Sealing;

/// <summary>The rotations that the ledger does not know of yet: one when all is well, more while it cannot be written. Thread-safe.</summary>
/// <param name="known">The log files of the ledger.</param>
/// <param name="adoption">Adopts what is found in a file without a line, while the ledger still knows its name.</param>
/// <param name="report">Is told of files that could not be read for that.</param>
internal sealed class Renamings(KnownLogs known, Adoption adoption, Action<string> report)
{
    private readonly ConcurrentQueue<Renaming> _waiting = new();

    public void Add(Renaming renaming) => _waiting.Enqueue(renaming);

    /// <summary>Writes the lines of all rotations, in order. Called by the thread that has entered the ledger.</summary>
    /// <param name="batch">An empty batch.</param>
    /// <param name="files">The open log files.</param>
    /// <exception cref="StorageException">The ledger could not be written; what is not in it stays in the queue.</exception>
    public void Write(LeafBatch batch, IEnumerable<SealedFile> files)
    {
        while (_waiting.TryPeek(out Renaming? renaming))
        {
            IReadOnlyList<SealedLog> logs = known.FindOrAdd(renaming, batch);
            foreach (SealedLog log in logs) AdoptAll(log, files, batch);
            foreach (SealedLog log in logs) batch.Begin(LeafKind.Renamed).Number(log.Id).Text(renaming.NewName).End();
            batch.Append();
            _waiting.TryDequeue(out _);
        }
    }

    private void AdoptAll(SealedLog log, IEnumerable<SealedFile> files, LeafBatch batch)
    {
        try
        {
            adoption.AdoptAll(log, files, batch);
        }
        catch (StorageException failure)
        {
            report(failure.Message);
        }
    }
}

/// <summary>A file that rotation gives another name.</summary>
internal sealed record Renaming(string Name, string NewName, FileIdentity? Identity);
