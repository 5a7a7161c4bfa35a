namespace EzAudit.Tests.Syslog;

/// <summary>A real syslog server that writes down what it understood.</summary>
internal interface ISyslogServer : IDisposable
{
    /// <summary>Starts it and waits until it listens.</summary>
    void Start();

    /// <summary>What a target's section says to reach it.</summary>
    string SettingsFor(string transport, string frame);

    /// <summary>So many messages, when they are there.</summary>
    List<ReceivedMessage> Wait(int count);
}
