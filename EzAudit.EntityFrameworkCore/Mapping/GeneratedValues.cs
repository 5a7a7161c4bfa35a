using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Update;

namespace EzAudit.EntityFrameworkCore.Mapping;

/// <summary>
/// Puts the values that the database generated into the entities while the application's code makes records from them. EF does so only when it
/// accepts the changes, which is after the commit. If the commit fails, the entities must be unchanged.
/// </summary>
internal sealed class GeneratedValues : IDisposable
{
    private readonly List<(object Entity, FieldInfo? Field, PropertyInfo? Property, object? Value)> _before = [];

    private GeneratedValues()
    {
    }

    public static GeneratedValues Put(IEnumerable<IUpdateEntry> entries)
    {
        var values = new GeneratedValues();
        foreach (IUpdateEntry entry in entries)
        {
            if (entry.EntityState == EntityState.Deleted) continue;
            foreach (IProperty property in entry.EntityType.GetProperties()) values.Put(entry, property);
        }
        return values;
    }

    public void Dispose()
    {
        for (int i = _before.Count - 1; i >= 0; i--) Set(_before[i]);
    }

    private void Put(IUpdateEntry entry, IProperty property)
    {
        if (property.IsShadowProperty() || property.IsIndexerProperty() || entry.HasTemporaryValue(property)) return;
        if (property.ValueGenerated == ValueGenerated.Never && !property.IsForeignKey()) return;
        MemberInfo member = property.GetMemberInfo(forMaterialization: true, forSet: true);
        object entity = entry.ToEntityEntry().Entity;
        object? known = member is FieldInfo field ? field.GetValue(entity) : property.PropertyInfo?.GetValue(entity);
        object? stored = entry.GetCurrentValue(property);
        if (Equals(known, stored)) return;
        if (Set((entity, member as FieldInfo, member as PropertyInfo, stored))) _before.Add((entity, member as FieldInfo, member as PropertyInfo, known));
    }

    private static bool Set((object Entity, FieldInfo? Field, PropertyInfo? Property, object? Value) value)
    {
        try
        {
            if (value.Field is not null) value.Field.SetValue(value.Entity, value.Value);
            else value.Property?.SetValue(value.Entity, value.Value);
            return true;
        }
        catch (Exception failure) when (failure is TargetInvocationException or ArgumentException or FieldAccessException)
        {
            // The application's setter refuses the value: the record lacks it, but the save goes on.
            return false;
        }
    }
}
