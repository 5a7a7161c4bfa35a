namespace EzAudit.Storage;

/// <summary>Determines how much space a disk has left.</summary>
internal static class FreeSpace
{
    /// <summary>The free space for files in a directory; <see langword="null"/> if it is unknown.</summary>
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
