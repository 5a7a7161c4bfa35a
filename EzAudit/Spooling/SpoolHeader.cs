using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using EzAudit.Storage.Platform;
using Microsoft.Win32.SafeHandles;

namespace EzAudit.Spooling;

/// <summary>The file <c>run</c> in the directory of a run: the version of the layout of its entries, and where its records come from.</summary>
/// <param name="Origin">Where they were written.</param>
/// <param name="Run">Identifies the run.</param>
internal sealed record SpoolHeader(string Origin, string Run)
{
    public const string FileName = "run";

    public const string Version = "ezaudit-spool 1";
    private const string OriginKey = "origin ";
    private const string RunKey = "run ";

    /// <summary>The header of a run that starts now.</summary>
    public static SpoolHeader OfNewRun(string origin) => new(origin, RandomNumberGenerator.GetHexString(16, lowercase: true));

    /// <summary>Writes the file, synced to disk: without it, nobody would know the layout of the entries.</summary>
    public void Write(string directory)
    {
        string path = Path.Combine(directory, FileName);
        using SafeFileHandle file = File.OpenHandle(path, FileMode.Create, FileAccess.Write);
        RandomAccess.Write(file, Encoding.UTF8.GetBytes($"{Version}\n{OriginKey}{Uri.EscapeDataString(Origin)}\n{RunKey}{Run}\n"), 0);
        DiskSync.File(file, path);
    }

    /// <summary>Reads the file of a run; false if the run is of another version.</summary>
    /// <param name="directory">The directory of the run.</param>
    /// <param name="header">The header.</param>
    /// <param name="found">The version, if it is another one.</param>
    public static bool TryRead(string directory, [NotNullWhen(true)] out SpoolHeader? header, out string found)
    {
        header = null;
        string path = Path.Combine(directory, FileName);
        if (!File.Exists(path))
        {
            found = "no version";
            return false;
        }
        string[] lines = File.ReadAllText(path).Split('\n');
        found = $"version \"{lines[0]}\"";
        if (lines.Length != 4 || lines[0] != Version || !lines[1].StartsWith(OriginKey, StringComparison.Ordinal) || !lines[2].StartsWith(RunKey, StringComparison.Ordinal)) return false;
        header = new SpoolHeader(Uri.UnescapeDataString(lines[1][OriginKey.Length..]), lines[2][RunKey.Length..]);
        return true;
    }
}
