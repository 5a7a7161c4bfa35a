using EzAudit.Extensibility;
using EzAudit.Formats.Output;

namespace EzAudit.Formats.Schema;

/// <summary>A member of an object, with its child members or its possible values.</summary>
internal sealed class SchemaNode
{
    private readonly List<SchemaNode> _members = [];
    private readonly List<SchemaValue> _values = [];
    private readonly byte[] _name;
    private readonly bool _isArray;

    private SchemaNode(string name)
    {
        _isArray = name.EndsWith(ArrayMark, StringComparison.Ordinal);
        Name = name;
        string plain = _isArray ? name[..^ArrayMark.Length] : name;
        _name = System.Text.Encoding.UTF8.GetBytes($"\"{System.Text.Json.JsonEncodedText.Encode(plain)}\":");
    }

    private const string ArrayMark = "[]";

    private string Name { get; }

    /// <summary>Builds the whole object. If two values have the same path, the later one wins if the record has it; an array takes both.</summary>
    public static SchemaNode Of(IEnumerable<(string Path, SchemaValue Value)> values)
    {
        var root = new SchemaNode("");
        foreach ((string path, SchemaValue value) in values)
        {
            SchemaNode node = root;
            foreach (string name in path.Split('.')) node = node.MemberOf(name);
            node._values.Add(value);
        }
        return root;
    }

    private SchemaNode MemberOf(string name)
    {
        if (_members.Find(member => member.Name == name) is { } known) return known;
        var made = new SchemaNode(name);
        _members.Add(made);
        return made;
    }

    /// <summary>Writes the object's members and the punctuation around them.</summary>
    public void WriteObject(ref Utf8Output line, in AuditRecordView record)
    {
        byte separator = (byte)'{';
        foreach (SchemaNode member in _members)
        {
            if (!member.IsPresent(record)) continue;
            line.WriteByte(separator);
            line.Write(member._name);
            member.WriteContent(ref line, record);
            separator = (byte)',';
        }
        if (separator == '{') line.WriteByte((byte)'{');
        line.WriteByte((byte)'}');
    }

    private bool IsPresent(in AuditRecordView record)
    {
        foreach (SchemaValue value in _values)
        {
            if (value.IsPresent(record)) return true;
        }
        foreach (SchemaNode member in _members)
        {
            if (member.IsPresent(record)) return true;
        }
        return false;
    }

    private void WriteContent(ref Utf8Output line, in AuditRecordView record)
    {
        if (_isArray) line.WriteByte((byte)'[');
        if (_members.Count > 0) WriteObject(ref line, record);
        else if (_isArray) WriteItems(ref line, record);
        else WriteLast(ref line, record);
        if (_isArray) line.WriteByte((byte)']');
    }

    private void WriteItems(ref Utf8Output line, in AuditRecordView record)
    {
        bool isFirst = true;
        foreach (SchemaValue value in _values)
        {
            if (!value.IsPresent(record)) continue;
            if (!isFirst) line.WriteByte((byte)',');
            isFirst = false;
            value.Write(ref line, record);
        }
    }

    private void WriteLast(ref Utf8Output line, in AuditRecordView record)
    {
        for (int i = _values.Count - 1; i >= 0; i--)
        {
            if (!_values[i].IsPresent(record)) continue;
            _values[i].Write(ref line, record);
            return;
        }
    }
}
