using System.Buffers;
using System.Text;
using BenchmarkDotNet.Attributes;
using EzAudit.Extensibility;
using EzAudit.Formats.Classic;
using EzAudit.Formats.Json;
using EzAudit.Formats.Pattern;
using EzAudit.Formats.RecordDiff;
using EzAudit.Formats.Schema;
using EzAudit.Records;
using NLog;
using NLog.Layouts;
using NodaTime;
using Serilog.Events;
using Serilog.Formatting;
using Serilog.Formatting.Display;
using Serilog.Formatting.Json;
using Serilog.Parsing;

namespace EzAudit.Benchmarks;

/// <summary>Measures how long each format takes to turn one record into bytes, with the equivalents of Serilog and NLog.</summary>
[MemoryDiagnoser]
public class FormatCost
{
    private const string Sentence = "'{Content Name}' (node {Node ID}) was moved from node {Old parent node ID} to node {New parent node ID}.";

    private readonly ArrayBufferWriter<byte> _output = new(64 * 1024);
    private readonly StringBuilder _builder = new(64 * 1024);
    private readonly AuditFunction _function = new() { Name = "content-move", EventName = "MoveContent", Sentence = Sentence };
    private readonly AuditActor _actor = new("editor", "16");
    private readonly AuditField[] _fields =
    [
        ("Node ID", 124), ("Old parent node ID", 2), ("New parent node ID", 59), ("Content Name", "Folder"), ("Comment", "Moved the node to the given node"),
    ];

    private readonly IAuditFormat _classic = new ClassicFormat(DateTimeZone.Utc);
    private readonly IAuditFormat _json = new JsonFormat();
    private readonly IAuditFormat _pattern = new PatternFormat("%d %property{current-user} %property{session-id} [%t] %m%n", DateTimeZone.Utc);
    private readonly IAuditFormat _ecs = SchemaFormat.Ecs();
    private readonly IAuditFormat _ocsf = SchemaFormat.Ocsf();
    private readonly IAuditFormat _recordDiff = new RecordDiffFormat(DateTimeZone.Utc);

    private readonly JsonFormatter _serilogJson = new();
    private readonly MessageTemplateTextFormatter _serilogText =
        new("{Timestamp:yyyy-MM-dd HH:mm:ss,fff} {Login} {Session} [{Thread}] {Message:lj}{NewLine}", System.Globalization.CultureInfo.InvariantCulture);
    private MessageTemplate _serilogTemplate = null!;
    private LogEventProperty[] _serilogProperties = [];

    private Layout _nlogJson = null!;
    private Layout _nlogText = null!;
    private StringWriter _text = null!;
    private long _ticks = DateTimeOffset.UnixEpoch.Ticks;

    [GlobalSetup]
    public void SetUp()
    {
        const string Template = "'{ContentName}' (node {NodeId}) was moved from node {OldParentNodeId} to node {NewParentNodeId}.";
        _serilogTemplate = new MessageTemplateParser().Parse(Template);
        _serilogProperties =
        [
            Property("Login", "editor"), Property("Session", "s1"), Property("Thread", 7), Property("NodeId", 124), Property("OldParentNodeId", 2),
            Property("NewParentNodeId", 59), Property("ContentName", "Folder"), Property("Comment", "Moved the node to the given node"),
        ];

        _text = TextOver(_builder);

        _nlogText = Layout.FromString("${date:format=yyyy-MM-dd HH\\:mm\\:ss,fff:culture=} ${event-properties:Login} ${event-properties:Session} [${threadid}] ${message}");
        _nlogJson = new JsonLayout
        {
            IncludeEventProperties = true,
            Attributes = { new JsonAttribute("time", "${date:universalTime=true:format=o}"), new JsonAttribute("function", "${logger}") },
        };
        _ = _nlogText.Render(NewNLogEvent());
        _ = _nlogJson.Render(NewNLogEvent());
    }

    [Benchmark(Baseline = true)]
    public int Classic() => Write(_classic);

    [Benchmark]
    public int Json() => Write(_json);

    [Benchmark]
    public int Pattern() => Write(_pattern);

    [Benchmark]
    public int Ecs() => Write(_ecs);

    [Benchmark]
    public int Ocsf() => Write(_ocsf);

    [Benchmark]
    public int RecordDiff() => Write(_recordDiff);

    [Benchmark]
    public int SerilogJson() => Format(_serilogJson);

    [Benchmark]
    public int SerilogText() => Format(_serilogText);

    [Benchmark]
    public int NLogJson() => Render(_nlogJson);

    [Benchmark]
    public int NLogText() => Render(_nlogText);

    // Records are a millisecond apart: formats that cache the last second profit from it, but none can cache the whole timestamp.
    private int Write(IAuditFormat format)
    {
        _output.ResetWrittenCount();
        format.Write(new AuditRecordView(_function, NextTime(), "127.0.0.1", _actor, _fields, "s1"), _output);
        return _output.WrittenCount;
    }

    // Each record gets its own event, made from existing properties, as EzAudit's record is made from existing fields.
    private int Format(ITextFormatter formatter)
    {
        _builder.Clear();
        formatter.Format(new LogEvent(NextTime(), LogEventLevel.Information, null, _serilogTemplate, _serilogProperties), _text);
        return Encode();
    }

    private int Render(Layout layout)
    {
        _builder.Clear();
        LogEventInfo made = NewNLogEvent();
        made.TimeStamp = NextTime().UtcDateTime;
        layout.Render(made, _builder);
        return Encode();
    }

    private int Encode()
    {
        _output.ResetWrittenCount();
        foreach (ReadOnlyMemory<char> piece in _builder.GetChunks()) Encoding.UTF8.GetBytes(piece.Span, _output);
        return _output.WrittenCount;
    }

    private DateTimeOffset NextTime() => new(_ticks += TimeSpan.TicksPerMillisecond, TimeSpan.Zero);

    private static StringWriter TextOver(StringBuilder builder) => new(builder, System.Globalization.CultureInfo.InvariantCulture);

    private static LogEventInfo NewNLogEvent() => new(
        NLog.LogLevel.Info, "content-move", System.Globalization.CultureInfo.InvariantCulture,
        "'{ContentName}' (node {NodeId}) was moved from node {OldParentNodeId} to node {NewParentNodeId}.", ["Folder", 124, 2, 59])
    {
        Properties = { ["Login"] = "editor", ["Session"] = "s1", ["Comment"] = "Moved the node to the given node" },
    };

    private static LogEventProperty Property(string name, object value) => new(name, new ScalarValue(value));
}
