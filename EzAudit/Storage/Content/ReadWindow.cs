namespace EzAudit.Storage.Content;

/// <summary>How much of a file is held in memory to find the end of one record. What is longer is damage, of which no more is kept.</summary>
internal static class ReadWindow
{
    /// <summary>For files that no settings speak of: whoever wrote them may have allowed long values.</summary>
    public const int Default = 256 << 20;

    private const int Least = 32 << 20;

    // An escape makes at most eight bytes of one.
    private const int BytesPerByte = 8;

    /// <summary>Where records have at most so many bytes before they are escaped. Never less than 32 MiB: the setting may have been larger once.</summary>
    public static int For(int maxRecordBytes) => (int)Math.Clamp((long)maxRecordBytes * BytesPerByte, Least, 1 << 30);
}
