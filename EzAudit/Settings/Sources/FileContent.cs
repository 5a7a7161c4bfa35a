using System.Security.Cryptography;

namespace EzAudit.Settings.Sources;

/// <summary>A settings file at one moment: its bytes, or why there are none, and a stamp by which a later moment can be compared.</summary>
/// <param name="Bytes"><see langword="null"/> where the file is missing or cannot be read.</param>
/// <param name="Trouble">Why a file that is there cannot be read; <see langword="null"/> otherwise.</param>
/// <param name="Stamp">Equal when and only when nothing that settings depend on has changed.</param>
internal sealed record FileContent(byte[]? Bytes, string? Trouble, string Stamp)
{
    public const int MaxBytes = 1 << 20;

    /// <summary>What to do about a trouble.</summary>
    public const string Expected = "a file of at most 1 MiB that this process may read";

    public const string MissingStamp = "missing";
    public const string Special = "a pipe, a socket or a device";

    private static readonly FileContent Missing = new(null, null, MissingStamp);

    public static FileContent Read(string path, SettingsSource source)
    {
        try
        {
            if (Directory.Exists(path)) return Unreadable("a directory");
            if (source.IsSpecialFile(path)) return Unreadable(Special);
            using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            if (ReadAll(stream) is not { } bytes) return Unreadable("a file over 1 MiB");
            // Its content decides, not its times: two edits within one tick of the file system's clock look alike in all of them.
            return new FileContent(bytes, null, Convert.ToHexString(SHA256.HashData(bytes)));
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return Missing;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Unreadable($"a file that cannot be read ({exception.GetType().Name})");
        }
    }

    /// <summary>When a file was last written to, in ticks; 0 where nobody may know.</summary>
    public static long LastWritten(string path)
    {
        try
        {
            return File.GetLastWriteTimeUtc(path).Ticks;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    private static byte[]? ReadAll(FileStream stream)
    {
        // One byte more than it has: a file that grows meanwhile shows by it, and is read again with all the room there may be.
        byte[] buffer = new byte[(int)Math.Min(stream.Length, MaxBytes) + 1];
        int length = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        if (length == buffer.Length && length <= MaxBytes)
        {
            Array.Resize(ref buffer, MaxBytes + 1);
            length += stream.ReadAtLeast(buffer.AsSpan(length), buffer.Length - length, throwOnEndOfStream: false);
        }
        return length > MaxBytes ? null : buffer[..length];
    }

    private static FileContent Unreadable(string trouble) => new(null, trouble, trouble);
}
