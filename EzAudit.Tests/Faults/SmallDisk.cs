using EzAudit.Tests.Support;

namespace EzAudit.Tests.Faults;

/// <summary>A small file system in memory, 64 KiB by default. Unmounted when disposed.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly string _mountPoint;

    public SmallDisk(string mountPoint, string size = "64k")
    {
        Needs.Root("mount", "umount");
        _mountPoint = mountPoint;
        Directory.CreateDirectory(mountPoint);
        var (exitCode, _, errors) = Command.Try("mount", "-t", "tmpfs", "-o", $"size={size}", "tmpfs", mountPoint);
        if (exitCode != 0) Needs.LeaveOut($"mount was refused: {errors.Trim()}");
    }

    private string Ballast => Path.Combine(_mountPoint, "ballast");

    /// <summary>Uses up all free space.</summary>
    public void Fill()
    {
        byte[] much = new byte[1 << 16];
        using FileStream file = new(Ballast, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            while (true) file.Write(much);
        }
        catch (IOException)
        {
            // The disk is full.
        }
    }

    /// <summary>Frees the space again.</summary>
    public void Empty() => File.Delete(Ballast);

    public void Dispose() => Command.Run("umount", "-l", _mountPoint);
}
