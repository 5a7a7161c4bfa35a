using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using EzAudit.Records;

namespace EzAudit.AspNetCore.Requests;

/// <summary>Collects the fields of one record on the stack and skips those without a value.</summary>
internal ref struct FieldList
{
    private Room _room;
    private int _count;

    public readonly ReadOnlySpan<AuditField> Fields
    {
        [UnscopedRef]
        get => ((ReadOnlySpan<AuditField>)_room)[.._count];
    }

    public void Add(string name, string? value)
    {
        if (value is not null) _room[_count++] = new AuditField(name, value);
    }

    public void Add(string name, long value) => _room[_count++] = new AuditField(name, value);

    public void Add(string name, TimeSpan value) => _room[_count++] = new AuditField(name, (object)value);

    [InlineArray(9)]
    private struct Room
    {
        private AuditField _first;
    }
}
