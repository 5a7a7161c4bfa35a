// Only EF's internal entries say whether an element's optional property or nested list was null before.
#pragma warning disable EF1001
using System.Collections;
using EzAudit.EntityFrameworkCore.Plans;
using Microsoft.EntityFrameworkCore.ChangeTracking.Internal;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Update;

namespace EzAudit.EntityFrameworkCore.Changes;

/// <summary>Reads the elements of complex collections from the change tracker.</summary>
internal static class ListReader
{
    /// <summary>The elements before the change; <see langword="null"/> if the list was null.</summary>
    public static IReadOnlyList<ListElement>? Old(IUpdateEntry entry, ListPlan plan) => Read((IInternalEntry)entry, plan, isOld: true);

    /// <summary>The elements after the change; <see langword="null"/> if the list is null.</summary>
    public static IReadOnlyList<ListElement>? New(IUpdateEntry entry, ListPlan plan) => Read((IInternalEntry)entry, plan, isOld: false);

    private static ListElement[]? Read(IInternalEntry holder, ListPlan plan, bool isOld)
    {
        for (ITypeBase type = plan.Property.DeclaringType; type is IComplexType { ComplexProperty: { IsCollection: false } outer }; type = outer.DeclaringType)
        {
            if (Value(holder, outer, isOld) is null) return null;
        }
        if (Value(holder, plan.Property, isOld) is not IList list) return null;
        var elements = new ListElement[list.Count];
        for (int i = 0; i < elements.Length; i++)
        {
            elements[i] = list[i] is null
                ? new ListElement(null, [.. plan.Columns.Select(_ => ColumnValue.Null)], [.. plan.Lists.Select(_ => (IReadOnlyList<ListElement>?)null)])
                : Element(EntryOf(holder, plan.Property, i, isOld), list[i], plan, isOld);
        }
        return elements;
    }

    private static ListElement Element(IInternalEntry entry, object? instance, ListPlan plan, bool isOld) => new(
        instance,
        [.. plan.Columns.Select(column => ColumnOf(entry, column, isOld))],
        [.. plan.Lists.Select(list => (IReadOnlyList<ListElement>?)Read(entry, list, isOld))]);

    private static ColumnValue ColumnOf(IInternalEntry entry, ColumnPlan column, bool isOld)
    {
        foreach (IComplexProperty container in column.Containers)
        {
            if (Value(entry, container, isOld) is null) return ColumnValue.Null;
        }
        return column.Value(Value(entry, column.Property, isOld));
    }

    private static object? Value(IInternalEntry entry, IPropertyBase property, bool isOld) =>
        isOld ? entry.GetOriginalValue(property) : entry.GetCurrentValue(property);

    private static InternalComplexEntry EntryOf(IInternalEntry holder, IComplexProperty list, int at, bool isOld) =>
        isOld ? holder.GetComplexCollectionOriginalEntry(list, at) : holder.GetComplexCollectionEntry(list, at);
}
