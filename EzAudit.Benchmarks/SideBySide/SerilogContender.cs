using System.Globalization;
using Serilog;
using Serilog.Core;

namespace EzAudit.Benchmarks.SideBySide;

/// <summary>
/// Serilog with a logger for each file, which is faster than one logger with ten filtered sinks. The actor is a property of the logger,
/// which is cheaper than its <c>LogContext</c>.
/// </summary>
internal sealed class SerilogContender : IContender
{
    private const string Output = "[ {Timestamp:" + SampleRecord.TimePattern + "} ] [{Address}] [{Login}:{UserId}]\n{Message:lj}\n\n";
    private const string Message =
        "Node ID: {NodeId}\nOld parent node ID: {OldParent}\nNew parent node ID: {NewParent}\nContent Name: {ContentName}\nComment: {Comment}";

    private readonly Logger[] _loggers = new Logger[SampleRecord.Functions.Length];
    private bool _drained;

    private SerilogContender(string directory, Func<LoggerConfiguration, string, LoggerConfiguration> output)
    {
        for (int file = 0; file < _loggers.Length; file++)
        {
            LoggerConfiguration configuration = new LoggerConfiguration()
                .Enrich.WithProperty("Address", SampleRecord.Address)
                .Enrich.WithProperty("Login", SampleRecord.Login)
                .Enrich.WithProperty("UserId", SampleRecord.UserId);
            _loggers[file] = output(configuration, Path.Combine(directory, SampleRecord.FileName(file))).CreateLogger();
        }
    }

    private static CultureInfo Culture => CultureInfo.InvariantCulture;

    public static SerilogContender ToFile(string directory) => new(directory, (to, path) => to
        .WriteTo.File(path, outputTemplate: Output, formatProvider: Culture, fileSizeLimitBytes: null));

    public static SerilogContender ToSharedFile(string directory) => new(directory, (to, path) => to
        .WriteTo.File(path, outputTemplate: Output, formatProvider: Culture, fileSizeLimitBytes: null, shared: true));

    public static SerilogContender ToRollingFile(string directory) => new(directory, (to, path) => to
        .WriteTo.File(
            path,
            outputTemplate: Output,
            formatProvider: Culture,
            fileSizeLimitBytes: Entries.RolledBytes,
            rollOnFileSizeLimit: true,
            retainedFileCountLimit: null));

    public static SerilogContender ToAuditFile(string directory) => new(directory, (to, path) => to
        .AuditTo.File(path, outputTemplate: Output, formatProvider: Culture));

    public static SerilogContender ToQueue(string directory) => new(directory, (to, path) => to.WriteTo.Async(
        queue => queue.File(path, outputTemplate: Output, formatProvider: Culture, fileSizeLimitBytes: null), blockWhenFull: true));

    public void Write(int file, int thread, int number) =>
        _loggers[file].Information(Message, number, thread, SampleRecord.NewParent, SampleRecord.ContentName, SampleRecord.Comment);

    // Closing is the only way to wait for the queue.
    public void Drain()
    {
        if (_drained) return;
        _drained = true;
        foreach (Logger logger in _loggers) logger.Dispose();
    }

    public void Dispose() => Drain();
}
