using System.Text;
using EzAudit.Sealing.Notes;
using EzAudit.Storage;

namespace EzAudit.Sealing;

/// <summary>The newest checkpoint in the key directory: whoever can write the log directory only cannot take the ledger back to an earlier state unnoticed.</summary>
/// <param name="directory">The key directory.</param>
/// <param name="name">The name of the file.</param>
internal sealed class LocalAnchor(ILogDirectory directory, string name) : IDisposable
{
    private const int MaxLength = 4096;

    /// <summary>The checkpoint; <see langword="null"/> if there is none that can be read.</summary>
    public SignedCheckpoint? Read()
    {
        using IReadFile? file = directory.OpenRead(name);
        if (file is null) return null;
        byte[] note = new byte[MaxLength];
        return SignedCheckpoint.TryParse(Encoding.UTF8.GetString(note.AsSpan(0, file.Read(note, 0))), out SignedCheckpoint? checkpoint, out _) ? checkpoint : null;
    }

    /// <summary>Replaces the checkpoint. Not synced: what a power cut leaves is an earlier one.</summary>
    public void Write(SignedCheckpoint checkpoint) => NoteFile.Replace(directory, name, checkpoint);

    public void Dispose() => directory.Dispose();
}
