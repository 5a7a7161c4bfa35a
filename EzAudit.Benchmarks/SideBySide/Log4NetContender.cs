using System.Globalization;
using System.Text;
using log4net;
using log4net.Appender;
using log4net.Core;
using log4net.Layout;
using log4net.Repository.Hierarchy;

namespace EzAudit.Benchmarks.SideBySide;

/// <summary>
/// log4net with a logger and an appender for each file. The actor is in its global context, which is cheaper than its thread contexts.
/// It has no queue for files.
/// </summary>
internal sealed class Log4NetContender : IContender
{
    private const string Output =
        "[ %date{MMM dd yyyy HH:mm:ss} ] [%property{Address}] [%property{Login}:%property{UserId}]\n%message\n\n";
    private const string Message =
        "Node ID: {0}\nOld parent node ID: {1}\nNew parent node ID: {2}\nContent Name: {3}\nComment: {4}";

    // Not from LogManager, which keeps its repositories for the life of the process.
    private readonly Hierarchy _repository = new();
    private readonly ILog[] _loggers = new ILog[SampleRecord.Functions.Length];

    public Log4NetContender(string directory)
    {
        GlobalContext.Properties[nameof(SampleRecord.Address)] = SampleRecord.Address;
        GlobalContext.Properties[nameof(SampleRecord.Login)] = SampleRecord.Login;
        GlobalContext.Properties[nameof(SampleRecord.UserId)] = SampleRecord.UserId;
        for (int file = 0; file < _loggers.Length; file++)
        {
            var logger = (Logger)_repository.GetLogger(SampleRecord.Functions[file]);
            logger.AddAppender(Appender(Path.Combine(directory, SampleRecord.FileName(file))));
            logger.Level = Level.All;
            logger.Additivity = false;
            _loggers[file] = new LogImpl(logger);
        }
        _repository.Configured = true;
    }

    public void Write(int file, int thread, int number) => _loggers[file].InfoFormat(
        CultureInfo.InvariantCulture, Message, number, thread, SampleRecord.NewParent, SampleRecord.ContentName, SampleRecord.Comment);

    // Each record is flushed.
    public void Drain()
    {
    }

    public void Dispose() => _repository.Shutdown();

    private static FileAppender Appender(string path)
    {
        var appender = new FileAppender
        {
            File = path,
            Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            ImmediateFlush = true,
            Layout = new PatternLayout(Output),
        };
        appender.ActivateOptions();
        return appender;
    }
}
