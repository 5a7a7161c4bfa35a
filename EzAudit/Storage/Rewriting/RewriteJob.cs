namespace EzAudit.Storage.Rewriting;

/// <summary>What is about to be overwritten in one file. Written to disk first, so that it can be finished after a crash.</summary>
/// <param name="LogFile">The log file to which the file belongs.</param>
/// <param name="Name">Its name when the job was written.</param>
/// <param name="Files">What the file may be: the file itself, and the copy that replaces a compressed one.</param>
/// <param name="Order">The leaf of the order to erase; -1 without a ledger.</param>
/// <param name="Patches">The new bytes, by their offsets in the text of the file.</param>
internal sealed record RewriteJob(string LogFile, string Name, IReadOnlyList<FileMark> Files, long Order, IReadOnlyList<FilePatch> Patches)
{
    public bool IsOf(FileIdentity identity) => Files.Contains(FileMark.Of(identity));
}

/// <summary>Recognizes a file whatever its name is.</summary>
internal readonly record struct FileMark(ulong Device, ulong Inode, long Created)
{
    public static FileMark Of(FileIdentity identity) => new(identity.Device, identity.Inode, identity.Created);
}
