using EzAudit.Sealing.Verifying;
using EzAudit.Storage;
using EzAudit.Storage.Content;

namespace EzAudit.Sealing.Erasing;

/// <summary>Ends the erasures of which only the leaves in the ledger are left: nothing says any more which bytes were to be overwritten.</summary>
/// <param name="directory">The log directory.</param>
/// <param name="ledger">Its ledger, opened.</param>
internal sealed class BegunErasures(ILogDirectory directory, ErasureLedger ledger)
{
    /// <summary>Ends them: the bytes of each extent are vouched for as they are, if they are those before or those after the erasure.</summary>
    /// <param name="failed">Receives the files whose bytes are neither.</param>
    /// <returns>Whether there were any.</returns>
    public bool Finish(Action<string, EvidenceException> failed)
    {
        if (!ledger.Index.Begun.Any()) return false;
        using LogListing listing = LogListing.Of(directory.Path);
        foreach (ListedFile file in listing.Files)
        {
            if (LogListing.IsHidden(file.Name)) continue;
            try
            {
                Finish(file.Name, file.Identity);
            }
            catch (EvidenceException failure)
            {
                failed(file.Name, failure);
            }
        }
        FinishRemoved();
        return true;
    }

    private void Finish(string name, FileIdentity identity)
    {
        using PlainContent plain = PlainContent.Open(Path.Combine(directory.Path, name));
        using GzipContent? text = GzipContent.IsCompressed(plain) ? new GzipContent(plain) : null;
        LeafBatch batch = ledger.Enter();
        try
        {
            ledger.Index.CatchUp();
            RenewalSet set = ledger.Prepare(name, identity, text is null ? plain : text, []);
            if (set.Renewals.Count == 0) return;
            ledger.CheckAccess(set);
            ledger.Append(set, order: 0, batch);
            ledger.DropSalts([.. set.Renewals.Select(renewal => renewal.Extent)]);
        }
        finally
        {
            ledger.Exit();
        }
    }

    // Retention deleted the file before the erasure was finished.
    private void FinishRemoved()
    {
        ledger.Enter();
        try
        {
            ledger.DropSalts([.. ledger.Index.Logs.Where(log => log.IsRemoved).SelectMany(log => log.Extents)
                .Select(ledger.Index.CurrentOf).OfType<IndexedExtent>().Where(extent => ledger.Index.BegunOf(extent) is not null)]);
        }
        finally
        {
            ledger.Exit();
        }
    }
}
