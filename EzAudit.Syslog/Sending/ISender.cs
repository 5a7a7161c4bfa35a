using EzAudit.Syslog.Spooling;

namespace EzAudit.Syslog.Sending;

/// <summary>Sends the messages of a run to the server and confirms those that it has received. Not thread-safe.</summary>
internal interface ISender : IDisposable
{
    /// <summary>Sends the available messages for a while and confirms those known to have arrived. A call with nothing to send confirms the rest.</summary>
    /// <param name="run">The messages, starting at the run's position.</param>
    /// <param name="pace">Says when to wait for more messages and when to stop.</param>
    /// <exception cref="Exception">The connection failed. Unconfirmed messages must be sent again.</exception>
    void Send(SpoolRun run, SendingPace pace);

    /// <summary>Interrupts a call to <see cref="Send"/> that is waiting for the server. Any thread may call it.</summary>
    void Abort();
}
