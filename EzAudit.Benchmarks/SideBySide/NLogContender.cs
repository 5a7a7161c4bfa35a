using System.Text;
using NLog;
using NLog.Config;
using NLog.Layouts;
using NLog.Targets;
using NLog.Targets.Wrappers;

namespace EzAudit.Benchmarks.SideBySide;

/// <summary>NLog with a logger, a rule and a target for each file. The actor is in its global context, which is cheaper than its scopes.</summary>
internal sealed class NLogContender : IContender
{
    private const string Output =
        @"[ ${date:culture=:format=MMM dd yyyy HH\:mm\:ss} ] [${gdc:Address}] [${gdc:Login}:${gdc:UserId}]" + "\n${message}\n";
    private const string Message =
        "Node ID: {NodeId}\nOld parent node ID: {OldParent}\nNew parent node ID: {NewParent}\nContent Name: {ContentName:l}\nComment: {Comment:l}";

    private readonly LogFactory _factory = new() { ThrowExceptions = true };
    private readonly Logger[] _loggers = new Logger[SampleRecord.Functions.Length];

    private NLogContender(string directory, bool queued)
    {
        GlobalDiagnosticsContext.Set(nameof(SampleRecord.Address), SampleRecord.Address);
        GlobalDiagnosticsContext.Set(nameof(SampleRecord.Login), SampleRecord.Login);
        GlobalDiagnosticsContext.Set(nameof(SampleRecord.UserId), SampleRecord.UserId);
        var configuration = new LoggingConfiguration(_factory);
        for (int file = 0; file < _loggers.Length; file++)
        {
            string function = SampleRecord.Functions[file];
            Target target = new FileTarget(function)
            {
                FileName = Layout.FromLiteral(Path.Combine(directory, SampleRecord.FileName(file))),
                Layout = Output,
                Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
                LineEnding = LineEndingMode.LF,
                KeepFileOpen = true,
                AutoFlush = true,
            };
            if (queued) target = new AsyncTargetWrapper(function + " queue", target) { OverflowAction = AsyncTargetWrapperOverflowAction.Block };
            configuration.AddRuleForAllLevels(target, function);
        }
        _factory.Configuration = configuration;
        for (int file = 0; file < _loggers.Length; file++) _loggers[file] = _factory.GetLogger(SampleRecord.Functions[file]);
    }

    public static NLogContender ToFile(string directory) => new(directory, queued: false);

    public static NLogContender ToQueue(string directory) => new(directory, queued: true);

    public void Write(int file, int thread, int number) =>
        _loggers[file].Info(Message, number, thread, SampleRecord.NewParent, SampleRecord.ContentName, SampleRecord.Comment);

    public void Drain() => _factory.Flush(TimeSpan.FromMinutes(5));

    public void Dispose() => _factory.Dispose();
}
