using EzAudit.Nats.Settings;
using EzAudit.Records;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Nats;

/// <summary>A writer whose records go into a stream all the time, as fast as the stream takes them.</summary>
internal sealed class StreamLoad : IDisposable
{
    private const long MostWaiting = 1 << 20;

    private readonly TempFolder _root = new();
    private readonly AuditWriter _writer;
    private readonly Task _writing;
    private volatile bool _isStopping;
    private long _acknowledged;

    public StreamLoad(AuditStreamOptions options)
    {
        WriteSettings(_root, options);
        _writer = new AuditWriterBuilder(_root.Path).Build();
        _writing = Task.Factory.StartNew(Write, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>How many records were acknowledged to the caller; their values are the numbers from 0.</summary>
    public long Acknowledged => Volatile.Read(ref _acknowledged);

    public AuditTargetHealth Health => _writer.Health.Targets.Single(target => target.Target == "stream");

    /// <summary>Writes the settings of an application whose records go into a stream only.</summary>
    public static void WriteSettings(TempFolder root, AuditStreamOptions options) => root.Write("settings/audit.ini", $"""
        [AuditSettings]
        Audit=enabled
        AuditFileNames[user-login]=login.log
        [FunctionDefaults]
        Durability=os
        Targets[]=stream
        [PluginSettings]
        Plugins[]=EzAudit.Nats
        [Target-stream]
        Type=nats
        Url={options.Url}
        Replicas={options.Replicas}
        Timeout={options.Timeout.TotalSeconds:0}
        Origin=test/load
        RetryMost=200ms

        """);

    /// <summary>Waits until the stream has taken some more records.</summary>
    public void WaitForProgress(int records)
    {
        long goal = Acknowledged + records;
        Until.True(() => Acknowledged >= goal, "the stream takes records", () => Health.ToString());
    }

    /// <summary>Stops writing, and waits until the stream has everything.</summary>
    public long Finish()
    {
        _isStopping = true;
        _writing.GetAwaiter().GetResult();
        Until.True(() => Health.QueuedBytes == 0, "no record is waiting", () => Health.ToString());
        return Acknowledged;
    }

    public void Dispose()
    {
        _isStopping = true;
        _writing.Wait();
        _writer.Dispose();
        _root.Dispose();
    }

    private void Write()
    {
        while (!_isStopping)
        {
            // What is acknowledged here waits in the spool until the stream has it: with little room there, progress is progress of the stream.
            if (_acknowledged % 100 == 0 && Health.QueuedBytes > MostWaiting)
            {
                Until.True(() => _isStopping || Health.QueuedBytes < MostWaiting, "the stream takes records", () => Health.ToString());
                continue;
            }
            if (_writer.WriteAudit("user-login", ("Id", _acknowledged))) Interlocked.Increment(ref _acknowledged);
        }
    }
}
