using System.Globalization;
using System.Text;
using EzAudit.Extensibility;
using EzAudit.Records;
using EzAudit.Syslog.Settings;
using EzAudit.Syslog.Text;

namespace EzAudit.Syslog.Frames;

/// <summary>
/// The frame <c>rfc5424</c>: version 1 with two elements of structured data, <c>ezaudit@PEN</c> (id, function, actor, origin) and
/// <c>fields@PEN</c>. A field whose name does not convert to a PARAM-NAME becomes <c>.N.name="name"</c> and <c>.N="value"</c>, with N counting
/// from 0. If a message is too long, values are cut at the end or left out, and <c>.cut</c> gives the number of fields that are incomplete.
/// </summary>
internal sealed class StructuredFrame : IFrame
{
    private const int MostOfMessageId = 32;

    // For a name that does not convert: ` .N.name="` and `" .N="`; and for ` .cut="N"]` with its quote.
    private const int SpareBytes = 40;

    private readonly SyslogSettings _settings;
    private readonly int _mostBytes;
    private readonly byte[] _host;
    private readonly byte[] _process = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $" {Environment.ProcessId} "));
    private readonly byte[] _record;
    private readonly byte[] _fields;

    public StructuredFrame(SyslogSettings settings)
    {
        _settings = settings;
        // The id is added later.
        _mostBytes = settings.MaxBytes - PreparedMessage.MostOfId;
        _host = Encoding.ASCII.GetBytes($" {settings.HostName} ");
        _record = Encoding.ASCII.GetBytes($" [ezaudit@{settings.EnterpriseId} id=\"");
        _fields = Encoding.ASCII.GetBytes($"[fields@{settings.EnterpriseId}");
    }

    public void Write(in AuditRecordView record, ReadOnlySpan<byte> bytes, MessageBuffer output)
    {
        output.Append((byte)'<');
        output.Append(_settings.Priorities.Of(record.Function));
        output.Append(">1 "u8);
        output.Append(record.Time.UtcDateTime, "yyyy'-'MM'-'dd'T'HH':'mm':'ss'.'ffffff'Z'");
        output.Append(_host);
        _settings.Tag.Append(output, record);
        output.Append(_process);
        AppendMessageId(output, record.Function.Name);
        AppendRecord(output, record);
        if (record.Fields.Length > 0) AppendFields(output, record.Fields);
        int end = output.Count;
        output.Append((byte)' ');
        OneLine.Append(output, bytes, _mostBytes - output.Count);
        if (output.Count == end + 1) output.CutTo(end);
    }

    private static void AppendMessageId(MessageBuffer output, string function)
    {
        foreach (char c in function.AsSpan(0, Math.Min(function.Length, MostOfMessageId))) output.Append(c is > ' ' and <= '~' ? (byte)c : (byte)'_');
    }

    private void AppendRecord(MessageBuffer output, in AuditRecordView record)
    {
        output.Append(_record);
        output.AppendId();
        // Each parameter gets a share, so that the header always fits.
        int most = _settings.MaxBytes / 16;
        AppendParameter(output, "\" function=\""u8, record.Function.Name, most);
        AppendParameter(output, "\" address=\""u8, record.Address, most);
        AppendParameter(output, "\" login=\""u8, record.Actor.Login, most);
        AppendParameter(output, "\" actor=\""u8, record.Actor.Id, most);
        if (record.Session is { } session) AppendParameter(output, "\" session=\""u8, session, most);
        if (record.Trace is { } trace) AppendParameter(output, "\" trace=\""u8, trace, most);
        output.Append("\"]"u8);
    }

    private static void AppendParameter(MessageBuffer output, ReadOnlySpan<byte> name, string value, int most)
    {
        output.Append(name);
        ParameterValue.Append(output, value, most);
    }

    private void AppendFields(MessageBuffer output, ReadOnlySpan<AuditField> fields)
    {
        output.Append(_fields);
        int whole = 0;
        while (whole < fields.Length && TryAppend(output, fields[whole], whole)) whole++;
        if (whole < fields.Length)
        {
            output.Append(" .cut=\""u8);
            output.Append(fields.Length - whole);
            output.Append((byte)'"');
        }
        output.Append((byte)']');
    }

    // Returns false if the field is incomplete; part of it, or nothing, was then written.
    private bool TryAppend(MessageBuffer output, in AuditField field, int place)
    {
        int start = output.Count;
        output.Append((byte)' ');
        if (!ParameterName.TryAppend(output, field.Name))
        {
            AppendPlace(output, place);
            output.Append(".name=\""u8);
            if (!ParameterValue.Append(output, field.Name, Room(output)))
            {
                output.CutTo(start);
                return false;
            }
            output.Append("\" "u8);
            AppendPlace(output, place);
        }
        output.Append("=\""u8);
        if (Room(output) <= 0)
        {
            output.CutTo(start);
            return false;
        }
        bool isWhole = ParameterValue.Append(output, field.Value, Room(output));
        output.Append((byte)'"');
        return isWhole;
    }

    private int Room(MessageBuffer output) => _mostBytes - output.Count - SpareBytes;

    private static void AppendPlace(MessageBuffer output, int place)
    {
        output.Append((byte)'.');
        output.Append(place);
    }
}
