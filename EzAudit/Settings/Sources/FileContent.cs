using System.Security.Cryptography;

namespace EzAudit.Settings.Sources;

/// <summary>A settings file at one moment: its bytes, or why it cannot be read, and a stamp to compare with later.</summary>
/// <param name="Bytes"><see langword="null"/> if the file is missing or cannot be read.</param>
/// <param name="Failure">Why an existing file cannot be read; <see langword="null"/> otherwise.</param>
/// <param name="Stamp">Equal if and only if nothing that settings depend on has changed.</param>
internal sealed record FileContent(byte[]? Bytes, string? Failure, string Stamp)
{
    public const int MaxBytes = 1 << 20;

    /// <summary>What an unreadable file should be, for the message.</summary>
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
            // The content decides, not the times: two edits within one tick of the file system's clock have the same times.
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

    /// <summary>When a file was last written, in ticks; 0 if the process cannot tell.</summary>
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
        // One byte more than its length: this reveals a file that grows meanwhile, which is then read again with the largest buffer.
        byte[] buffer = new byte[(int)Math.Min(stream.Length, MaxBytes) + 1];
        int length = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        if (length == buffer.Length && length <= MaxBytes)
        {
            Array.Resize(ref buffer, MaxBytes + 1);
            length += stream.ReadAtLeast(buffer.AsSpan(length), buffer.Length - length, throwOnEndOfStream: false);
        }
        return length > MaxBytes ? null : buffer[..length];
    }

    private static FileContent Unreadable(string failure) => new(null, failure, failure);
}
