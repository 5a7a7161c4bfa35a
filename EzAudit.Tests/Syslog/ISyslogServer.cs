namespace EzAudit.Tests.Syslog;

/// <summary>A real syslog server that writes down how it parsed each message.</summary>
internal interface ISyslogServer : IDisposable
{
    /// <summary>Starts the server and waits until it listens.</summary>
    void Start();

    /// <summary>The lines of a target's section for this server.</summary>
    string SettingsFor(string transport, string frame);

    /// <summary>Waits for this number of messages.</summary>
    List<ReceivedMessage> Wait(int count);
}
