using System.Buffers;
using System.Security.Cryptography;

namespace EzAudit.Settings;

/// <summary>A settings file at one moment: its bytes, or why there are none, and a stamp by which a later moment can be compared.</summary>
/// <param name="Bytes"><see langword="null"/> where the file is missing or cannot be read.</param>
/// <param name="Trouble">Why a file that is there cannot be read; <see langword="null"/> otherwise.</param>
/// <param name="Stamp">Equal when and only when nothing that settings depend on has changed.</param>
internal sealed record FileContent(byte[]? Bytes, string? Trouble, string Stamp)
{
    public const int MaxBytes = 1 << 20;

    /// <summary>What to do about a trouble.</summary>
    public const string Wanted = "a file of at most 1 MiB that this process may read";

    private static readonly FileContent Missing = new(null, null, "missing");

    public static FileContent Read(string path)
    {
        try
        {
            if (Directory.Exists(path)) return Unreadable("a directory");
            using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            byte[] buffer = ArrayPool<byte>.Shared.Rent(MaxBytes + 1);
            int length = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            byte[]? bytes = length > MaxBytes ? null : buffer[..length];
            ArrayPool<byte>.Shared.Return(buffer);
            if (bytes is null) return Unreadable("a file over 1 MiB");
            // Neither mtime nor length: two edits within one tick of the file system's clock, and the links of a
            // Kubernetes ConfigMap, look alike in both. A few KiB are hashed faster than a stat gets reliable.
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

    private static FileContent Unreadable(string trouble) => new(null, trouble, trouble);
}
