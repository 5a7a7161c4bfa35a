namespace EzAudit.Syslog.Text;

/// <summary>A pool of message buffers, so that messages need no allocation. Thread-safe.</summary>
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
