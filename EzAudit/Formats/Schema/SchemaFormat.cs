using System.Buffers;
using System.Runtime.CompilerServices;
using EzAudit.Extensibility;
using EzAudit.Formats.Output;
using EzAudit.Records;

namespace EzAudit.Formats.Schema;

/// <summary>Writes one object of another vocabulary per line: a common frame, and what a function's mapping adds. Cannot be read back.</summary>
internal sealed class SchemaFormat : IAuditFormat
{
    private readonly ConditionalWeakTable<AuditFunction, SchemaNode> _objects = [];
    private readonly ConditionalWeakTable<AuditFunction, SchemaNode>.CreateValueCallback _make;
    private readonly byte[] _start;

    private SchemaFormat(string schema, string firstMember, Func<AuditFunction, AuditMapping?, IEnumerable<(string Path, SchemaValue Value)>> frame)
    {
        _start = System.Text.Encoding.UTF8.GetBytes($"{{\"{firstMember}\":");
        _make = function => SchemaNode.Of(frame(function, function.Mappings.FirstOrDefault(mapping => mapping.Schema == schema)));
    }

    public ReadOnlySpan<byte> Terminator => "\n"u8;

    public ReadOnlySpan<byte> Start => _start;

    public ReadOnlySpan<byte> TornTailEnd => EscapedText.TornLineEnd;

    public static SchemaFormat Ecs() => new(AuditMapping.Ecs, EcsFrame.FirstMember, EcsFrame.Of);

    public static SchemaFormat Ocsf() => new(AuditMapping.Ocsf, OcsfFrame.FirstMember, OcsfFrame.Of);

    public void Write(in AuditRecordView record, IBufferWriter<byte> output)
    {
        var line = new Utf8Output(output);
        SchemaNode node = _objects.TryGetValue(record.Function, out SchemaNode? known) ? known : _objects.GetValue(record.Function, _make);
        node.WriteObject(ref line, record);
        line.WriteByte((byte)'\n');
        line.Flush();
    }
}
