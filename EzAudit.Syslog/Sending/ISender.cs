using EzAudit.Syslog.Spooling;

namespace EzAudit.Syslog.Sending;

/// <summary>Brings messages of a run to the server and confirms those that it has. For one thread.</summary>
internal interface ISender : IDisposable
{
    /// <summary>Sends what there is, for one while, and confirms what is sure by then. Called with nothing to send it makes sure of the rest.</summary>
    /// <param name="run">What to send; from where it stands.</param>
    /// <param name="pace">When to wait for more, and when to end.</param>
    /// <exception cref="Exception">The server was lost. What is not confirmed has to be sent again.</exception>
    void Send(SpoolRun run, SendingPace pace);

    /// <summary>Ends a call to <see cref="Send"/> that waits for the server; from any thread.</summary>
    void Abort();
}
