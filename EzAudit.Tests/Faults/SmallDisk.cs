using EzAudit.Tests.Support;

namespace EzAudit.Tests.Faults;

/// <summary>A file system of 64 KiB, in memory. Unmounted when disposed.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly string _mountPoint;

    public SmallDisk(string mountPoint)
    {
        Needs.Root("mount", "umount");
        _mountPoint = mountPoint;
        Directory.CreateDirectory(mountPoint);
        var (exitCode, _, errors) = Command.Try("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", mountPoint);
        if (exitCode != 0) Needs.LeaveOut($"mount was refused: {errors.Trim()}");
    }

    public void Dispose() => Command.Run("umount", "-l", _mountPoint);
}
