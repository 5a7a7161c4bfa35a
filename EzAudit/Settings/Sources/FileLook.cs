namespace EzAudit.Settings.Sources;

/// <summary>The identity and state of the file at a path, taken without opening it.</summary>
/// <param name="Device">The device of the file.</param>
/// <param name="Inode">Its number on the device; differs after a link is redirected or a file is replaced by a rename.</param>
/// <param name="Changed">When anything about it last changed, in nanoseconds; this time cannot be set back.</param>
/// <param name="Modified">When it was last written, in nanoseconds.</param>
/// <param name="Length">Its length in bytes.</param>
internal readonly record struct FileLook(ulong Device, ulong Inode, Int128 Changed, Int128 Modified, ulong Length);
