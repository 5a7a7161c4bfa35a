using EzAudit.Storage;

namespace EzAudit.Tests.Storage;

/// <summary>A log directory whose process is stopped before the n-th change; nothing happens after that.</summary>
internal sealed class StoppingDirectory(ILogDirectory inner, int stopAt) : ForwardingDirectory(inner)
{
    private int _changes;

    public bool HasStopped => _changes >= stopAt;

    public override IAppendFile OpenAppend(string name)
    {
        // Opening an existing file changes nothing; creating one does.
        if (base.Identify(name) is null) Step();
        return new StoppingFile(base.OpenAppend(name), Step);
    }

    public override void Rename(string name, string newName)
    {
        Step();
        base.Rename(name, newName);
    }

    public override void Replace(string name, string newName)
    {
        Step();
        base.Replace(name, newName);
    }

    public override void Delete(string name)
    {
        Step();
        base.Delete(name);
    }

    public override void Overwrite(string name, long offset, ReadOnlySpan<byte> bytes)
    {
        Step();
        base.Overwrite(name, offset, bytes[..(bytes.Length / 2)]);
        Step();
        base.Overwrite(name, offset, bytes);
    }

    public override void Sync(string name)
    {
        Step();
        base.Sync(name);
    }

    private void Step()
    {
        if (_changes + 1 >= stopAt)
        {
            _changes = stopAt;
            throw new OperationCanceledException("stopped");
        }
        _changes++;
    }

    private sealed class StoppingFile(IAppendFile inner, Action step) : ForwardingFile(inner)
    {
        public override int Append(ReadOnlySpan<byte> bytes)
        {
            step();
            return base.Append(bytes);
        }

        public override void Sync()
        {
            step();
            base.Sync();
        }
    }
}
