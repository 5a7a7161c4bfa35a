using Microsoft.Extensions.Logging;
using ZLogger;
using ZLogger.Formatters;

namespace EzAudit.Benchmarks.SideBySide;

/// <summary>
/// ZLogger with a factory for each file. It always writes from a queue. The actor is part of the format, which is cheaper than its
/// scopes.
/// </summary>
internal sealed class ZLoggerContender : IContender
{
    private readonly ILoggerFactory[] _factories = new ILoggerFactory[SampleRecord.Functions.Length];
    private readonly ILogger[] _loggers = new ILogger[SampleRecord.Functions.Length];
    private bool _drained;

    public ZLoggerContender(string directory)
    {
        for (int file = 0; file < _factories.Length; file++)
        {
            string path = Path.Combine(directory, SampleRecord.FileName(file));
            _factories[file] = LoggerFactory.Create(logging => logging.AddZLoggerFile(path, options =>
            {
                options.FullMode = BackgroundBufferFullMode.Block;
                options.UsePlainTextFormatter(Format);
            }));
            _loggers[file] = _factories[file].CreateLogger(SampleRecord.Functions[file]);
        }
    }

    // The formatter adds one more line break.
    public void Write(int file, int thread, int number) => _loggers[file].ZLogInformation(
        $"Node ID: {number}\nOld parent node ID: {thread}\nNew parent node ID: {SampleRecord.NewParent}\n" +
        $"Content Name: {SampleRecord.ContentName}\nComment: {SampleRecord.Comment}\n");

    // Closing is the only way to wait for the queue.
    public void Drain()
    {
        if (_drained) return;
        _drained = true;
        foreach (ILoggerFactory factory in _factories) factory.Dispose();
    }

    public void Dispose() => Drain();

    private static void Format(PlainTextZLoggerFormatter formatter) => formatter.SetPrefixFormatter(
        $"[ {0:MMM dd yyyy HH':'mm':'ss} ] [{1}] [{2}:{3}]\n",
        (in MessageTemplate template, in LogInfo info) =>
            template.Format(info.Timestamp.Local, SampleRecord.Address, SampleRecord.Login, SampleRecord.UserId));
}
