using EzAudit.Storage;
using EzAudit.Tests.Storage;

namespace EzAudit.Tests.Sealing.Keys;

/// <summary>A directory on a file system that can only rename over an existing name, which is therefore reserved with an empty file first.</summary>
internal sealed class ReservingDirectory(ILogDirectory inner) : ForwardingDirectory(inner)
{
    public override void Rename(string name, string newName)
    {
        base.OpenAppend(newName).Dispose();
        base.Delete(newName);
        base.Rename(name, newName);
    }
}
