namespace EzAudit.Storage.Content;

/// <summary>How much of a file is held in memory to find the end of one record. Anything longer is damage, and no more of it is kept.</summary>
internal static class ReadWindow
{
    /// <summary>For files without settings, whose writer may have allowed long values.</summary>
    public const int Default = 256 << 20;

    private const int Least = 32 << 20;

    // Escaping turns one byte into at most eight.
    private const int BytesPerByte = 8;

    /// <summary>The window for records of at most this many bytes before escaping. Never less than 32 MiB: the setting may once have been larger.</summary>
    public static int For(int maxRecordBytes) => (int)Math.Clamp((long)maxRecordBytes * BytesPerByte, Least, 1 << 30);
}
