using EzAudit.Tests.Support;

namespace EzAudit.Tests.Faults;

/// <summary>A 64 MB disk image with ext4 on it. Unmounted when disposed.</summary>
internal sealed class LoopDisk : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly string _image;
    private bool _mounted;

    public LoopDisk(string mountPoint)
    {
        Needs.Root("mkfs.ext4", "e2fsck", "mount", "umount");
        MountPoint = mountPoint;
        _image = _folder["disk"];
        using (FileStream image = File.Create(_image)) image.SetLength(64 << 20);
        Command.Run("mkfs.ext4", "-q", "-F", _image);
        Mount();
    }

    public string MountPoint { get; }

    public void CutPower() => Native.CutPower(MountPoint);

    /// <summary>Does what the machine does at its next start: replays the journal and checks the file system.</summary>
    public void Restart()
    {
        Unmount();
        Mount();
        Unmount();
        // 0 means clean. Anything that needs repair after the journal's replay invalidates the trial.
        Command.Run("e2fsck", "-f", "-n", _image);
        Mount();
    }

    public void Remount(string options) => Command.Run("mount", "-o", "remount," + options, MountPoint);

    public void Dispose()
    {
        try
        {
            if (_mounted) Unmount();
        }
        finally
        {
            _folder.Dispose();
        }
    }

    private void Mount()
    {
        Directory.CreateDirectory(MountPoint);
        var (exitCode, _, errors) = Command.Try("mount", "-o", "loop", _image, MountPoint);
        if (exitCode != 0) Needs.LeaveOut($"mount was refused: {errors.Trim()}");
        _mounted = true;
    }

    private void Unmount()
    {
        // A killed process may hold the mount for a moment longer.
        Assert.IsTrue(SpinWait.SpinUntil(() => Command.Try("umount", MountPoint).ExitCode == 0, TimeSpan.FromSeconds(10)), $"umount {MountPoint}");
        _mounted = false;
    }
}
