using System.Linq.Expressions;
using EzAudit.EntityFrameworkCore.Changes;

namespace EzAudit.EntityFrameworkCore.Mapping;

/// <summary>A change of an entity, for what makes a record of it: saved, with its keys, and with the values from before.</summary>
public sealed class AuditChange<T> where T : class
{
    private readonly CapturedEntry _entry;

    internal AuditChange(CapturedEntry entry) => _entry = entry;

    /// <summary>What was done with it.</summary>
    public AuditChangeKind Kind => _entry.Kind;

    /// <summary>The entity; as it was, when it is deleted.</summary>
    public T Entity => (T)_entry.Entity;

    /// <summary>Whether a property of a changed entity has another value than before.</summary>
    public bool HasChanged<TValue>(Expression<Func<T, TValue>> property) => HasChanged(PropertyName.Of(property));

    /// <summary>The value of a property before; <see langword="default"/> for a new entity.</summary>
    public TValue? Old<TValue>(Expression<Func<T, TValue>> property) => (TValue?)Old(PropertyName.Of(property));

    /// <summary>Whether a property of a changed entity, shadow properties included, has another value than before.</summary>
    public bool HasChanged(string property) => _entry.HasChanged(PlaceOf(property));

    /// <summary>The value of a property, shadow properties included, before; <see langword="null"/> for a new entity.</summary>
    public object? Old(string property) => _entry.Old(PlaceOf(property));

    /// <summary>The value of a property, shadow properties included, now; <see langword="null"/> for a deleted entity.</summary>
    public object? New(string property) => _entry.New(PlaceOf(property));

    private int PlaceOf(string property)
    {
        for (int i = 0; i < _entry.Plan.Properties.Count; i++)
        {
            if (_entry.Plan.Properties[i].Name == property) return i;
        }
        throw new ArgumentException($"{typeof(T).Name}: found no property \"{property}\" in the model, expected one of it.", nameof(property));
    }
}
