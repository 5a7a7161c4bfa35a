using EzAudit.EntityFrameworkCore.Plans;
using Microsoft.EntityFrameworkCore.Update;

namespace EzAudit.EntityFrameworkCore.Changes;

/// <summary>A snapshot of an entity's complex collections taken before it is saved.</summary>
internal sealed class CapturedLists
{
    private readonly Dictionary<ListPlan, (IReadOnlyList<ListElement>? Old, IReadOnlyList<ListElement>? New)>? _lists;
    private readonly IUpdateEntry _entry;
    private readonly AuditChangeKind _kind;
    private readonly bool _isKnown;

    public CapturedLists(IUpdateEntry entry, EntityPlan plan, AuditChangeKind kind, bool isKnown)
    {
        (_entry, _kind, _isKnown) = (entry, kind, isKnown);
        foreach (TablePlan table in plan.Tables)
        {
            foreach (ListPlan list in table.Lists)
            {
                if (kind == AuditChangeKind.Update && !entry.IsModified(list.Property)) continue;
                bool hasOld = kind != AuditChangeKind.Insert && entry.CanHaveOriginalValue(list.Property);
                (_lists ??= [])[list] = (hasOld ? ListReader.Old(entry, list) : null, kind == AuditChangeKind.Delete ? null : ListReader.New(entry, list));
            }
        }
    }

    /// <summary>The changes to one list.</summary>
    /// <param name="list">The list.</param>
    /// <param name="path">The list's path in the record.</param>
    public IEnumerable<ColumnChange> Changes(ListPlan list, string path)
    {
        if (_lists is null || !_lists.TryGetValue(list, out var captured)) return [];
        bool isKept = _entry.CanHaveOriginalValue(list.Property);
        switch (_kind)
        {
            case AuditChangeKind.Insert:
                return ListChanges.OfOne(list, path, captured.New, isNew: true);
            case AuditChangeKind.Delete:
                return _isKnown && isKept ? ListChanges.OfOne(list, path, captured.Old, isNew: false) : [new ColumnChange(path, ColumnValue.Unknown, null)];
            default:
                IEnumerable<ColumnChange> changes = _isKnown && isKept
                    ? ListChanges.Of(list, path, captured.Old, captured.New)
                    : ListChanges.OfUnknown(list, path, captured.New, _isKnown ? ColumnValue.NotKept : ColumnValue.Unknown);
                return changes.Select(change => change with { Old = change.Old ?? ColumnValue.Null, New = change.New ?? ColumnValue.Null })
                    .Where(change => !change.IsNone);
        }
    }
}
