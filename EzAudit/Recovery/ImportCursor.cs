using System.Globalization;
using System.Text;
using EzAudit.Records;
using EzAudit.Storage;

namespace EzAudit.Recovery;

/// <summary>
/// Records the progress of a recovery beside the file, so that after a crash each record is added to the log file only once.
/// Before a batch is appended, it notes the batch and the length of the log file, which shows whether the batch was written.
/// </summary>
internal sealed class ImportCursor : IDisposable
{
    private const int Numbers = 5;
    private const string Suffix = ".cursor";

    private readonly ILogDirectory _directory;
    private readonly string _name;
    private readonly IAppendFile _file;

    public ImportCursor(ILogDirectory directory, string taken)
    {
        _directory = directory;
        _name = NameOf(taken);
        Last = Read(Path.Combine(directory.Path, _name));
        _file = directory.OpenAppend(_name);
        directory.Sync(_name);
    }

    /// <summary>The last batch that was started; <see langword="null"/> if there was none.</summary>
    public ImportBatch? Last { get; }

    public static string NameOf(string taken) => taken + Suffix;

    /// <summary>The name of the taken file that a cursor belongs to.</summary>
    public static string FileOf(string cursor) => cursor[..^Suffix.Length];

    /// <summary>Notes a batch before it is appended; flushed to disk on return.</summary>
    public void Begin(ImportBatch batch)
    {
        string line = string.Create(CultureInfo.InvariantCulture, $"\n{batch.Start} {batch.End} {batch.Device} {batch.Inode} {batch.LogLength}\n");
        byte[] bytes = Encoding.ASCII.GetBytes(line);
        int count = _file.Append(bytes);
        if (count < bytes.Length) throw new StorageException(AuditWriteStage.Write, _name, 0, "", $"{Path.Combine(_directory.Path, _name)}: only {count} of {bytes.Length} bytes were written. Free disk space and try again.");
        _file.Sync();
    }

    public void Dispose() => _file.Dispose();

    // Each line starts with a line break: a torn line before it stays separate and is ignored.
    private static ImportBatch? Read(string path)
    {
        if (!File.Exists(path)) return null;
        string text = File.ReadAllText(path);
        foreach (string line in text[..(text.LastIndexOf('\n') + 1)].Split('\n').Reverse())
        {
            string[] parts = line.Split(' ');
            if (parts.Length != Numbers || !parts.All(part => ulong.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out _))) continue;
            ulong[] numbers = [.. parts.Select(part => ulong.Parse(part, CultureInfo.InvariantCulture))];
            return new ImportBatch((long)numbers[0], (long)numbers[1], numbers[2], numbers[3], (long)numbers[4]);
        }
        return null;
    }
}

/// <summary>A run of whole records that are appended with one call.</summary>
/// <param name="Start">Its start in the file that is being recovered.</param>
/// <param name="End">Its end there.</param>
/// <param name="Device">The device of the log file before it was appended.</param>
/// <param name="Inode">The inode of the log file at that time.</param>
/// <param name="LogLength">The length of the log file at that time.</param>
internal sealed record ImportBatch(long Start, long End, ulong Device, ulong Inode, long LogLength);
