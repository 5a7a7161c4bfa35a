using EzAudit.Storage;

namespace EzAudit.Tests.Storage;

/// <summary>A log directory that lets a test act when a file is opened for appending or synced.</summary>
internal sealed class WatchedDirectory(ILogDirectory inner, Action<string> act, bool afterwards = false) : ForwardingDirectory(inner)
{
    public override IAppendFile OpenAppend(string name)
    {
        IAppendFile file = base.OpenAppend(name);
        if (!afterwards) act(name);
        return afterwards ? new WatchedFile(file, () => act(name)) : file;
    }

    private sealed class WatchedFile(IAppendFile inner, Action synced) : ForwardingFile(inner)
    {
        public override void Sync()
        {
            base.Sync();
            synced();
        }
    }
}
