using System.Buffers;
using System.Globalization;
using System.Text;

namespace EzAudit.Collector.Letters;

/// <summary>
/// A directory with dead letters: one file for each batch that contained some, with a line of JSON for each. A file is locked while it is written, and never
/// changed afterwards, so that several collectors may use one directory and each may be killed at any moment.
/// </summary>
internal sealed class LetterBox(string directory, TimeProvider clock)
{
    private const string Suffix = ".jsonl";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>The files with letters, oldest first.</summary>
    public IReadOnlyList<string> Files =>
        Directory.Exists(directory) ? [.. Directory.EnumerateFiles(directory, "*" + Suffix).Order(StringComparer.Ordinal)] : [];

    /// <summary>How many letters are in the directory, also those of other collectors.</summary>
    public long Count => Files.Sum(file => TryRead(file)?.Count ?? 0);

    /// <summary>Adds letters; they are on disk when the call returns.</summary>
    public void Add(IReadOnlyList<Letter> letters)
    {
        if (letters.Count == 0) return;
        var output = new ArrayBufferWriter<byte>();
        foreach (Letter letter in letters) letter.Write(output);
        AddFile(output.WrittenSpan);
    }

    /// <summary>The lines of a file; <see langword="null"/> if a collector is still writing it.</summary>
    public static IReadOnlyList<string>? TryRead(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            using var reader = new StreamReader(file);
            // What follows the last line break was never acknowledged: its writer was killed.
            return [.. reader.ReadToEnd().Split('\n')[..^1].Where(line => line.Length > 0)];
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Removes a file, some lines of which are kept in a new one.</summary>
    public void Replace(string path, IReadOnlyList<string> kept)
    {
        if (kept.Count > 0) AddFile([.. kept.SelectMany(line => Encoding.UTF8.GetBytes(line + "\n"))]);
        File.Delete(path);
    }

    private void AddFile(ReadOnlySpan<byte> bytes)
    {
        Create();
        string name = string.Create(CultureInfo.InvariantCulture, $"{clock.GetUtcNow():yyyyMMdd'T'HHmmssfff}-{Guid.NewGuid():N}{Suffix}");
        Write(Path.Combine(directory, name), bytes);
    }

    private void Create()
    {
        if (Directory.Exists(directory)) return;
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(directory);
        else Directory.CreateDirectory(directory, OwnerOnly | UnixFileMode.UserExecute);
    }

    // A write with WriteThrough returns when the bytes are on disk, and fails if they are not.
    private static void Write(string path, ReadOnlySpan<byte> bytes)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None, Options = FileOptions.WriteThrough, BufferSize = 0 };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerOnly;
        using var file = new FileStream(path, options);
        file.Write(bytes);
    }
}
