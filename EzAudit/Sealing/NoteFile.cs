using System.Text;
using EzAudit.Records;
using EzAudit.Sealing.Notes;
using EzAudit.Storage;

namespace EzAudit.Sealing;

/// <summary>A file that holds the newest checkpoint: replaced as a whole, so that readers never see half of it.</summary>
internal static class NoteFile
{
    /// <exception cref="StorageException">It could not be replaced.</exception>
    public static void Replace(ILogDirectory directory, string name, SignedCheckpoint checkpoint)
    {
        string draft = $"{name}.{Environment.ProcessId}.tmp";
        string path = Path.Combine(directory.Path, name);
        if (directory.Identify(draft) is not null) directory.Delete(draft);
        using (IAppendFile file = directory.OpenAppend(draft))
        {
            byte[] note = Encoding.UTF8.GetBytes(checkpoint.Note);
            if (file.Append(note) < note.Length) throw new StorageException(AuditWriteStage.Seal, path, "it could not be replaced: the disk is full.");
        }
        try
        {
            directory.Replace(draft, name);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new StorageException(AuditWriteStage.Seal, path, $"it could not be replaced: {failure.Message}");
        }
    }
}
