namespace EzAudit.Storage;

/// <summary>An open log file. All it can do is grow; it never seeks, cuts or overwrites. Not for several threads at once, but for <see cref="Sync"/>.</summary>
internal interface IAppendFile : IDisposable
{
    FileIdentity Identify();

    /// <summary>Hands bytes to the operating system in one call, behind whatever the file holds at that moment.</summary>
    /// <returns>How many it took; fewer than given means that a torn piece now stands at the end.</returns>
    int Append(ReadOnlySpan<byte> bytes);

    /// <summary>Puts everything appended before the call on disk. After a failure the file must not be synced again: the kernel has
    /// dropped what it could not write and would report success.</summary>
    void Sync();

    /// <summary>Fills the buffer from an offset; returns how many bytes there were.</summary>
    int Read(Span<byte> buffer, long offset);
}
