using System.Buffers;
using EzAudit.Extensibility;
using EzAudit.Records;
using EzAudit.Syslog.Frames;
using EzAudit.Syslog.Settings;
using EzAudit.Syslog.Text;

namespace EzAudit.Tests.Syslog.Frames;

/// <summary>Formats records as messages for tests of the frames.</summary>
internal static class FrameText
{
    public static readonly DateTimeOffset Time = new(2007, 4, 7, 12, 20, 33, 123, TimeSpan.Zero);

    public static byte[] Of(Dictionary<string, string> settings, ReadOnlySpan<byte> bytes, AuditFunction? function = null, params AuditField[] fields)
    {
        var parsed = SyslogSettings.Read(new AuditComponentSettings("log", settings) { TimeZone = "Europe/Vienna" });
        IFrame frame = parsed.Frame == SyslogFrame.Rfc5424 ? new StructuredFrame(parsed) : new TaggedFrame(parsed);
        var output = new MessageBuffer();
        frame.Write(new AuditRecordView(function ?? new AuditFunction { Name = "record-update" }, Time, "10.0.0.1", new AuditActor("test5", "5"), fields), bytes, output);
        var prepared = new ArrayBufferWriter<byte>();
        PreparedMessage.Write(output, prepared);
        output.Clear();
        PreparedMessage.Append(output, prepared.WrittenSpan, new AuditRecordId("host/app", "00000000000000ab", 7));
        return output.Written.ToArray();
    }

    public static Dictionary<string, string> Settings(string frame, params (string Key, string Value)[] more)
    {
        var settings = new Dictionary<string, string> { ["Transport"] = "tcp", ["Host"] = "localhost", ["Frame"] = frame, ["HostName"] = "AUDIT_EXAMPLE" };
        foreach (var (key, value) in more) settings[key] = value;
        return settings;
    }
}
