using EzAudit.Storage;

namespace EzAudit.Tests.Storage;

/// <summary>A log directory in which calls of one kind hang until they are released, as on a network share whose server is gone.</summary>
internal sealed class HangingDirectory(ILogDirectory inner, string call) : ForwardingDirectory(inner)
{
    private readonly ManualResetEventSlim _free = new(true);
    private readonly ManualResetEventSlim _hanging = new();

    public void Hang() => _free.Reset();

    public void LetGo() => _free.Set();

    public void WaitUntilHanging() => Assert.IsTrue(_hanging.Wait(TimeSpan.FromSeconds(60)), $"no caller has reached {call}");

    public override IAppendFile OpenAppend(string name)
    {
        Pass("open");
        return new HangingFile(base.OpenAppend(name), this);
    }

    public override void Rename(string name, string newName)
    {
        Pass("rename");
        base.Rename(name, newName);
    }

    private void Pass(string made)
    {
        if (made != call || _free.IsSet) return;
        _hanging.Set();
        _free.Wait();
    }

    private sealed class HangingFile(IAppendFile inner, HangingDirectory directory) : ForwardingFile(inner)
    {
        public override int Append(ReadOnlySpan<byte> bytes)
        {
            directory.Pass("write");
            return base.Append(bytes);
        }

        public override void Sync()
        {
            directory.Pass("sync");
            base.Sync();
        }
    }
}
