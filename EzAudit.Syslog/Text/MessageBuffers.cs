namespace EzAudit.Syslog.Text;

/// <summary>Buffers for the messages being made, so that none is allocated for a message. For many threads at once.</summary>
internal sealed class MessageBuffers
{
    private readonly MessageBuffer?[] _free = new MessageBuffer?[Environment.ProcessorCount * 4];

    public MessageBuffer Rent()
    {
        MessageBuffer buffer = Interlocked.Exchange(ref Mine(), null) ?? new MessageBuffer();
        buffer.Clear();
        return buffer;
    }

    public void Return(MessageBuffer buffer) => Volatile.Write(ref Mine(), buffer);

    private ref MessageBuffer? Mine() => ref _free[Environment.CurrentManagedThreadId % _free.Length];
}
