using System.Diagnostics.CodeAnalysis;

namespace EzAudit.Spooling;

/// <summary>What other processes left in the spool directory of a target.</summary>
internal sealed class AbandonedRuns(SpoolSettings settings, SpoolFolder own)
{
    private readonly HashSet<string> _foreign = [];

    /// <summary>Takes over the oldest run that no process holds. One of another version is reported once and left alone.</summary>
    public bool TryAdopt([NotNullWhen(true)] out SpoolFolder? folder)
    {
        try
        {
            return SpoolFolder.TryAdopt(settings.Directory, out folder, LeaveAlone);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // It stays in place and is tried again later.
            Report(failure);
            folder = null;
            return false;
        }
    }

    /// <summary>The number of bytes of all other runs that will be sent; <see langword="null"/> if it cannot be determined now.</summary>
    public long? TryCountBytes()
    {
        try
        {
            return own.BytesOfOthers(_foreign);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Report(failure);
            return null;
        }
    }

    private void LeaveAlone(string path, string version)
    {
        if (!_foreign.Add(path)) return;
        settings.Report(
            $"{path}: found {version}, expected version \"{SpoolHeader.Version}\". The records in this directory are kept and not sent. Run the version of EzAudit that wrote them with the same SpoolDir, and it sends them.");
    }

    private void Report(Exception failure) => settings.Report($"{settings.Directory}: could not read what an earlier run left: {failure.Message}");
}
