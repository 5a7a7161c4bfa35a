using EzAudit.Storage;

namespace EzAudit.Tests.Storage;

/// <summary>A log directory on a disk with limited room; counts writes and syncs.</summary>
internal sealed class NarrowDirectory(ILogDirectory inner) : ForwardingDirectory(inner)
{
    private int _writes;
    private int _syncs;

    public int Room { get; set; } = int.MaxValue;

    public int Writes => _writes;

    public int Syncs => _syncs;

    public override IAppendFile OpenAppend(string name) => new NarrowFile(this, base.OpenAppend(name));

    private sealed class NarrowFile(NarrowDirectory directory, IAppendFile inner) : ForwardingFile(inner)
    {
        public override int Append(ReadOnlySpan<byte> bytes)
        {
            Interlocked.Increment(ref directory._writes);
            int count = base.Append(bytes[..Math.Min(bytes.Length, directory.Room)]);
            directory.Room -= count;
            return count;
        }

        public override void Sync()
        {
            Interlocked.Increment(ref directory._syncs);
            base.Sync();
        }
    }
}
