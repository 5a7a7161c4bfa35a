using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Unicode;
using EzAudit.Extensibility;
using EzAudit.Records;

namespace EzAudit.Nats.Messages;

/// <summary>Writes records as the payload of messages: JSON that people and other programs can read, and from which <see cref="MessageReader"/> gets the record back without loss. Not thread-safe.</summary>
internal sealed class MessageWriter
{
    private const int MostKept = 4 << 20;

    private ArrayBufferWriter<byte> _output = new(1024);
    private bool _isFirst;

    /// <summary>Writes a record; the result is valid until the next call.</summary>
    /// <param name="envelope">The record.</param>
    /// <param name="id">Its id as text.</param>
    public ReadOnlyMemory<byte> Write(AuditEnvelope envelope, string id)
    {
        AuditRecord record = envelope.Record;
        Begin(envelope, id);
        WriteDefinition(envelope.Function);
        Write(MessageFormat.Address, record.Address);
        Write(MessageFormat.Login, record.Actor.Login);
        Write(MessageFormat.Actor, record.Actor.Id);
        if (record.Session is { } session) Write(MessageFormat.Session, session);
        if (record.Trace is { } trace) Write(MessageFormat.Trace, trace);
        WriteFields(record.Fields);
        WriteBytes(envelope.Bytes.Span);
        if (envelope.Place is { } place) WritePlace(place);
        return End();
    }

    /// <summary>Writes a checkpoint of the ledger, whose line is the bytes; the result is valid until the next call.</summary>
    /// <param name="envelope">The checkpoint.</param>
    /// <param name="id">Its id as text.</param>
    public ReadOnlyMemory<byte> WriteCheckpoint(AuditEnvelope envelope, string id)
    {
        Begin(envelope, id);
        Write(MessageFormat.Checkpoint, Encoding.UTF8.GetString(envelope.Bytes.Span));
        return End();
    }

    private void Begin(AuditEnvelope envelope, string id)
    {
        // One huge record must not keep its memory forever.
        if (_output.Capacity > MostKept) _output = new ArrayBufferWriter<byte>(1024);
        _output.ResetWrittenCount();
        Append("{"u8);
        _isFirst = true;
        Write(MessageFormat.Id, id);
        Begin(MessageFormat.Time);
        Span<byte> room = _output.GetSpan(32);
        Utf8Formatter.TryFormat(envelope.Record.Time.UtcDateTime, room[1..], out int count, new StandardFormat('O'));
        room[0] = room[count + 1] = (byte)'"';
        _output.Advance(count + 2);
        Write(MessageFormat.Function, envelope.Record.Function ?? envelope.Function.Name);
    }

    // Only of a function that somebody defined: readers guess the rest from its name.
    private void WriteDefinition(AuditFunction function)
    {
        if (function == new AuditFunction { Name = function.Name }) return;
        Write(MessageFormat.Severity, Lower(function.Severity));
        Write(MessageFormat.Outcome, Lower(function.Outcome));
        if (function.Category is { } category) Write(MessageFormat.Category, category);
    }

    private void WriteFields(IReadOnlyList<AuditField> fields)
    {
        Begin(MessageFormat.Fields);
        Append("["u8);
        for (int i = 0; i < fields.Count; i++)
        {
            Append(i == 0 ? "{"u8 : ",{"u8);
            MessageText.Write(fields[i].Name, _output);
            Append(":"u8);
            MessageText.Write(fields[i].Value, _output);
            Append("}"u8);
        }
        Append("]"u8);
    }

    private void WritePlace(AuditLedgerPlace place)
    {
        Begin(MessageFormat.Place);
        Append("{"u8);
        _isFirst = true;
        Write(MessageFormat.Ledger, place.Ledger);
        Write(MessageFormat.File, place.File);
        Write(MessageFormat.Offset, place.Offset);
        Append("}"u8);
    }

    private void WriteBytes(ReadOnlySpan<byte> bytes)
    {
        bool isText = Utf8.IsValid(bytes);
        Begin(isText ? MessageFormat.Bytes : MessageFormat.Base64);
        if (isText) MessageText.Write(bytes, _output);
        else MessageText.Write(Convert.ToBase64String(bytes), _output);
    }

    private void Write(ReadOnlySpan<byte> name, string value)
    {
        Begin(name);
        MessageText.Write(value, _output);
    }

    private void Write(ReadOnlySpan<byte> name, long value)
    {
        Begin(name);
        Utf8Formatter.TryFormat(value, _output.GetSpan(20), out int count);
        _output.Advance(count);
    }

    private void Begin(ReadOnlySpan<byte> name)
    {
        Append(_isFirst ? "\""u8 : ",\""u8);
        Append(name);
        Append("\":"u8);
        _isFirst = false;
    }

    private ReadOnlyMemory<byte> End()
    {
        Append("}"u8);
        return _output.WrittenMemory;
    }

    private void Append(ReadOnlySpan<byte> bytes) => _output.Write(bytes);

    private static string Lower<T>(T value) where T : struct, Enum => value.ToString().ToLower(CultureInfo.InvariantCulture);
}
