using System.Globalization;
using EzAudit.EntityFrameworkCore.Plans;

namespace EzAudit.EntityFrameworkCore.Changes;

/// <summary>Compares a complex collection before and after a change, element by element.</summary>
/// <remarks>
/// <c>Items[2].Name</c> is an element that was added, removed, or changed without moving; <c>Items[3->2].Name</c> is one that changed and
/// moved. An element that only moved up because another one was removed did not change.
/// </remarks>
internal static class ListChanges
{
    private static readonly ColumnValue Empty = new("[]", isSensitive: false);

    /// <summary>The changes when only one side of the list exists or matters: its row was added or deleted.</summary>
    public static IEnumerable<ColumnChange> OfOne(ListPlan plan, string path, IReadOnlyList<ListElement>? elements, bool isNew)
    {
        if (elements is null || elements.Count == 0)
        {
            if (!plan.Property.IsNullable) yield break;
            ColumnValue value = elements is null ? ColumnValue.Null : Empty;
            yield return isNew ? new ColumnChange(path, null, value) : new ColumnChange(path, value, null);
            yield break;
        }
        for (int i = 0; i < elements.Count; i++)
        {
            foreach (ColumnChange change in OfElement(plan, Named(path, i), isNew ? null : elements[i], isNew ? elements[i] : null)) yield return change;
        }
    }

    /// <summary>The changes between the old and the new list.</summary>
    public static IEnumerable<ColumnChange> Of(ListPlan plan, string path, IReadOnlyList<ListElement>? old, IReadOnlyList<ListElement>? @new)
    {
        // An empty list and a null list have no elements to tell them apart.
        if (old is null != @new is null && (old?.Count ?? 0) == 0 && (@new?.Count ?? 0) == 0)
            yield return new ColumnChange(path, old is null ? ColumnValue.Null : Empty, @new is null ? ColumnValue.Null : Empty);
        IReadOnlyList<ListElement> before = old ?? [];
        IReadOnlyList<ListElement> now = @new ?? [];
        var match = new ListMatch(before, now);
        for (int i = 0; i < before.Count; i++)
        {
            int place = match.NewOf(i);
            string name = place < 0 || place == i ? Named(path, i) : string.Create(CultureInfo.InvariantCulture, $"{path}[{i + 1}->{place + 1}]");
            foreach (ColumnChange change in EnsureShown(name, OfElement(plan, name, before[i], place < 0 ? null : now[place]), before[i], place < 0 ? null : now[place]))
                yield return change;
        }
        for (int i = 0; i < now.Count; i++)
        {
            if (match.OldOf(i) >= 0) continue;
            string name = Named(path, i);
            foreach (ColumnChange change in EnsureShown(name, OfElement(plan, name, null, now[i]), null, now[i])) yield return change;
        }
        if (match.IsReordered) yield return OrderOf(path, before.Count, now.Count, match);
    }

    /// <summary>The changes to a list whose old elements are unknown.</summary>
    public static IEnumerable<ColumnChange> OfUnknown(ListPlan plan, string path, IReadOnlyList<ListElement>? @new, ColumnValue old) =>
        OfOne(plan, path, @new, isNew: true).Select(change => change with { Old = old });

    // If an added or removed element has no values, its columns do not show that it was added or removed.
    private static IEnumerable<ColumnChange> EnsureShown(string name, IEnumerable<ColumnChange> changes, ListElement? old, ListElement? @new)
    {
        bool isShown = old is not null && @new is not null;
        foreach (ColumnChange change in changes)
        {
            isShown |= !(change.Old ?? ColumnValue.Null).Equals(change.New ?? ColumnValue.Null);
            yield return change;
        }
        if (!isShown) yield return new ColumnChange(name, old is null ? ColumnValue.Null : ColumnValue.EmptyPart, @new is null ? ColumnValue.Null : ColumnValue.EmptyPart);
    }

    private static IEnumerable<ColumnChange> OfElement(ListPlan plan, string name, ListElement? old, ListElement? @new)
    {
        for (int i = 0; i < plan.Columns.Count; i++)
        {
            var change = new ColumnChange($"{name}.{plan.Columns[i].Name}", old?.Values[i], @new?.Values[i]);
            if (!change.IsNone) yield return change;
        }
        for (int i = 0; i < plan.Lists.Count; i++)
        {
            ListPlan inner = plan.Lists[i];
            string path = $"{name}.{inner.Path}";
            IEnumerable<ColumnChange> changes = old is null
                ? OfOne(inner, path, @new!.Lists[i], isNew: true)
                : @new is null ? OfOne(inner, path, old.Lists[i], isNew: false) : Of(inner, path, old.Lists[i], @new.Lists[i]);
            foreach (ColumnChange change in changes) yield return change;
        }
    }

    // The old positions in the new order; + marks an added element.
    private static ColumnChange OrderOf(string path, int old, int @new, ListMatch match)
    {
        string before = string.Join(", ", Enumerable.Range(1, old));
        string now = string.Join(", ", Enumerable.Range(0, @new)
            .Select(place => match.OldOf(place) is var from and >= 0 ? (from + 1).ToString(CultureInfo.InvariantCulture) : "+"));
        return new ColumnChange(path + " order", new ColumnValue(before, isSensitive: false), new ColumnValue(now, isSensitive: false));
    }

    private static string Named(string path, int place) => string.Create(CultureInfo.InvariantCulture, $"{path}[{place + 1}]");
}
