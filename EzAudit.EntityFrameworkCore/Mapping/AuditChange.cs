using System.Linq.Expressions;
using EzAudit.EntityFrameworkCore.Changes;

namespace EzAudit.EntityFrameworkCore.Mapping;

/// <summary>A saved change of an entity, with its keys and its old values. Mappings make records from it.</summary>
public sealed class AuditChange<T> where T : class
{
    private readonly CapturedEntry _entry;

    internal AuditChange(CapturedEntry entry) => _entry = entry;

    /// <summary>What happened to the entity.</summary>
    public AuditChangeKind Kind => _entry.Kind;

    /// <summary>The entity; for a deleted entity, its last state.</summary>
    public T Entity => (T)_entry.Entity;

    /// <summary>Whether the property of a changed entity has a new value.</summary>
    public bool HasChanged<TValue>(Expression<Func<T, TValue>> property) => HasChanged(PropertyName.Of(property));

    /// <summary>The old value of a property; <see langword="default"/> for a new entity.</summary>
    public TValue? Old<TValue>(Expression<Func<T, TValue>> property) => (TValue?)Old(PropertyName.Of(property));

    /// <summary>Whether the property of a changed entity has a new value. Shadow properties work too.</summary>
    public bool HasChanged(string property) => _entry.HasChanged(PlaceOf(property));

    /// <summary>The old value of a property, which may be a shadow property; <see langword="null"/> for a new entity.</summary>
    public object? Old(string property) => _entry.Old(PlaceOf(property));

    /// <summary>The new value of a property, which may be a shadow property; <see langword="null"/> for a deleted entity.</summary>
    public object? New(string property) => _entry.New(PlaceOf(property));

    private int PlaceOf(string property)
    {
        for (int i = 0; i < _entry.Plan.Properties.Count; i++)
        {
            if (_entry.Plan.Properties[i].Name == property) return i;
        }
        throw new ArgumentException($"{typeof(T).Name} has no property \"{property}\" in the model. Name a mapped property.", nameof(property));
    }
}
