namespace EzAudit.Storage;

/// <summary>How much room a disk has left.</summary>
internal static class FreeSpace
{
    /// <summary>The room for files in a directory; <see langword="null"/> where nobody knows.</summary>
    public static long? At(string directory)
    {
        try
        {
            return new DriveInfo(directory).AvailableFreeSpace;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }
}
