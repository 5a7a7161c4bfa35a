namespace EzAudit.Settings.Sources;

/// <summary>Which file a path leads to, and how it was when somebody looked without opening it.</summary>
/// <param name="Device">The device it lies on.</param>
/// <param name="Inode">Its number there; another one behind a link that was turned, and behind a rename.</param>
/// <param name="Changed">When anything about it last changed, in nanoseconds; nobody can set this time back.</param>
/// <param name="Modified">When it was last written to, in nanoseconds.</param>
/// <param name="Length">How long it is.</param>
internal readonly record struct FileLook(ulong Device, ulong Inode, Int128 Changed, Int128 Modified, ulong Length);
