using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using EzAudit.Records;

namespace EzAudit.AspNetCore.Requests;

/// <summary>Collects the fields of one record on the stack: each value belongs to the function's next field, and null leaves the field out.</summary>
internal ref struct FieldList(AuditFunction function)
{
    private Room _room;
    private int _count;
    private int _next;

    public readonly string Function => function.Name;

    public readonly ReadOnlySpan<AuditField> Fields
    {
        [UnscopedRef]
        get => ((ReadOnlySpan<AuditField>)_room)[.._count];
    }

    public void Add(string? value)
    {
        string name = function.Fields[_next++];
        if (value is not null) _room[_count++] = new AuditField(name, value);
    }

    public void Add(long? value)
    {
        string name = function.Fields[_next++];
        if (value is { } number) _room[_count++] = new AuditField(name, number);
    }

    public void Add(TimeSpan value) => _room[_count++] = new AuditField(function.Fields[_next++], (object)value);

    [InlineArray(9)]
    private struct Room
    {
        private AuditField _first;
    }
}
