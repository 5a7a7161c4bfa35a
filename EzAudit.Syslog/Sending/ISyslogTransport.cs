namespace EzAudit.Syslog.Sending;

/// <summary>Brings messages to the server and confirms those that it has received. Not thread-safe.</summary>
internal interface ISyslogTransport : IDisposable
{
    /// <summary>Sends messages until there are none for a while, and returns when the server has read all of them.</summary>
    /// <param name="messages">The messages.</param>
    /// <exception cref="Exception">The connection failed. Unconfirmed messages must be sent again.</exception>
    void Send(MessageStream messages);

    /// <summary>Interrupts a call to <see cref="Send"/> that is waiting for the server. Any thread may call it.</summary>
    void Abort();
}
