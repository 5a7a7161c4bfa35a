using System.Globalization;
using EzAudit.Extensibility;
using EzAudit.Formats.Classic;
using EzAudit.Formats.Output;
using EzAudit.Records;
using NodaTime;

namespace EzAudit.Formats.Pattern;

/// <summary>The conversions of log4net that apply to an audit record, and EzAudit's own.</summary>
internal sealed class PatternConversions(DateTimeZone zone, bool namesEvent)
{
    // Conversions that an audit record cannot serve: known, so that the message can say why.
    private static readonly string[] Refused =
    [
        "C", "class", "type", "F", "file", "L", "line", "l", "location", "M", "method", "stacktrace", "stacktracedetail",
        "exception", "ndc", "x", "r", "timestamp",
    ];

    private static readonly string[] Known =
    [
        "a", "address", "appdomain", "c", "category", "d", "date", "event", "field", "fields", "function", "id", "identity", "level", "logger", "login",
        "m", "mdc", "message", "n", "newline", "P", "p", "properties", "property", "session", "t", "thread", "trace", "u", "username", "UtcDate", "utcDate", "utcdate",
        "w", "X",
    ];

    /// <summary>All names, longest first: the longest match wins.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Known.Concat(Refused).OrderByDescending(name => name.Length)];

    /// <summary>The names to suggest for an unknown one.</summary>
    public static IReadOnlyList<string> Suggestions { get; } =
        [.. Known.Where(name => name.Length > 1 && name.All(char.IsAsciiLetterLower) && name is not ("mdc" or "properties")).Select(name => "%" + name).Append("%%")];

    public static bool IsEvent(PatternConversion conversion) => conversion.Name == "event";

    public static bool IsNewline(PatternConversion conversion) => conversion.Name is "n" or "newline";

    /// <exception cref="AuditComponentSettingsException">The conversion is unknown, or its option is invalid.</exception>
    public RecordPart Make(PatternConversion conversion)
    {
        string? option = conversion.Option;
        return conversion.Name switch
        {
            "d" or "date" => Time(conversion, zone),
            "utcdate" or "utcDate" or "UtcDate" => Time(conversion, DateTimeZone.Utc),
            "m" or "message" => namesEvent ? Sentence : Message,
            "event" => (ref line, in record) => Write(ref line, FunctionWording.Of(record.Function).EventName),
            "function" => (ref line, in record) => Write(ref line, record.Function.Name),
            "c" or "logger" => Logger(conversion),
            "category" => (ref line, in record) => Write(ref line, record.Function.Category ?? Nothing),
            "p" or "level" => (ref line, in record) => Write(ref line, Level(record.Function.Severity)),
            "t" or "thread" => Thread,
            "login" or "u" or "identity" => Login,
            "id" => (ref line, in record) => Write(ref line, record.Actor.Id),
            "address" => (ref line, in record) => Write(ref line, record.Address),
            "session" => Session,
            "trace" => Trace,
            "fields" => (ref line, in record) => FunctionWording.WriteFields<LineEscape>(ref line, record),
            "field" => Field(RequiredOption(conversion, "the name of a field in braces: %field{Node ID}")),
            "property" or "properties" or "mdc" or "P" or "X" => Property(conversion),
            "a" or "appdomain" => Always(AppDomain.CurrentDomain.FriendlyName),
            "w" or "username" => Always(Environment.UserName),
            _ => throw PatternParser.Refuse(conversion.At, conversion.Text, "something that an audit record has: it has no code location and no exception"),
        };
    }

    // What log4net writes for a missing value.
    private const string Nothing = "(null)";

    private static RecordPart Time(PatternConversion conversion, DateTimeZone zone)
    {
        try
        {
            var time = PatternTime.OfOption(conversion.Option, zone);
            return (ref line, in record) => time.Write(ref line, record.Time);
        }
        catch (FormatException)
        {
            throw PatternParser.Refuse(conversion.At, conversion.Text, "ISO8601, ABSOLUTE, DATE or a date and time pattern of .NET in the braces");
        }
    }

    private static void Message(ref Utf8Output line, in AuditRecordView record)
    {
        FunctionWording wording = FunctionWording.Of(record.Function);
        Write(ref line, wording.EventName);
        line.Write(": "u8);
        wording.WriteSentence<LineEscape>(ref line, record);
    }

    private static void Sentence(ref Utf8Output line, in AuditRecordView record) =>
        FunctionWording.Of(record.Function).WriteSentence<LineEscape>(ref line, record);

    private static void Login(ref Utf8Output line, in AuditRecordView record) => Write(ref line, record.Actor.Login);

    private static void Session(ref Utf8Output line, in AuditRecordView record) => Write(ref line, record.Session ?? Nothing);

    private static void Trace(ref Utf8Output line, in AuditRecordView record) => Write(ref line, record.Trace ?? Nothing);

    // Like log4net: the thread's name, but not the common name of pool threads.
    private static void Thread(ref Utf8Output line, in AuditRecordView record)
    {
        var thread = System.Threading.Thread.CurrentThread;
        if (thread is { Name: { Length: > 0 } name, IsThreadPoolThread: false }) Write(ref line, name);
        else line.Write(thread.ManagedThreadId);
    }

    // log4net's precision: how many of the last dot-separated names to keep.
    private static RecordPart Logger(PatternConversion conversion)
    {
        int precision = 0;
        if (conversion.Option is { } option && (!int.TryParse(option, NumberStyles.None, CultureInfo.InvariantCulture, out precision) || precision == 0))
            throw PatternParser.Refuse(conversion.At, conversion.Text, "a number in the braces: how many of the last dot-separated names to keep");
        return (ref line, in record) => Write(ref line, Last(record.Function.Name, precision));
    }

    private static ReadOnlySpan<char> Last(string name, int precision)
    {
        if (precision == 0) return name;
        int from = name.Length;
        for (; precision > 0 && from >= 0; precision--) from = from == 0 ? -1 : name.LastIndexOf('.', from - 1);
        return name.AsSpan(from + 1);
    }

    private static RecordPart Field(string name) => (ref line, in record) =>
    {
        if (record.IndexOf(name) is >= 0 and int at) EscapedText.WriteValue<LineEscape>(ref line, record.Fields[at]);
        else Write(ref line, Nothing);
    };

    // The properties that Enterprise Tester sets, those that log4net always has, and the fields.
    private static RecordPart Property(PatternConversion conversion) => RequiredOption(conversion, "the name of a property in braces: %property{current-user}") switch
    {
        "current-user" or "log4net:Identity" => Login,
        "session-id" => Session,
        "trace-id" => Trace,
        "log4net:HostName" => Always(Environment.MachineName),
        "log4net:UserName" => Always(Environment.UserName),
        string name => Field(name),
    };

    private static RecordPart Always(string text) => (ref line, in record) => Write(ref line, text);

    private static string RequiredOption(PatternConversion conversion, string expected) =>
        conversion.Option is { Length: > 0 } option ? option : throw PatternParser.Refuse(conversion.At, conversion.Text, expected);

    // log4net's names for the syslog severities.
    private static string Level(AuditSeverity severity) => severity switch
    {
        AuditSeverity.Emergency => "EMERGENCY",
        AuditSeverity.Alert => "ALERT",
        AuditSeverity.Critical => "CRITICAL",
        AuditSeverity.Error => "ERROR",
        AuditSeverity.Warning => "WARN",
        AuditSeverity.Notice => "NOTICE",
        AuditSeverity.Info => "INFO",
        _ => "DEBUG",
    };

    private static void Write(ref Utf8Output line, ReadOnlySpan<char> text) => EscapedText.Write<LineEscape>(ref line, text);
}
