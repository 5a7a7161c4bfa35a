using System.Linq.Expressions;
using EzAudit.Plugins;
using EzAudit.Records;

namespace EzAudit.EntityFrameworkCore.Mapping;

/// <summary>Maps changes of an entity to functions of their own. Their records are written after the commit, like those of rows.</summary>
/// <remarks>
/// An expression whose old value is compared must name a property of the entity itself. Other expressions, such as the one for the name of its
/// section, may be anything. Code that throws never makes the save fail: the record contains <c>[error: TypeName]</c> instead of the value, or
/// only identifies the rows, and the application's log has the reason.
/// </remarks>
public sealed class AuditEntityMap<T> where T : class
{
    internal EntityMap Map { get; } = new(typeof(T));

    /// <summary>Maps each change to a function that the application chooses.</summary>
    /// <param name="function">The function.</param>
    /// <param name="fields">The fields of the record; <see langword="null"/> if the function does not apply to the change.</param>
    public AuditEntityMap<T> On(string function, Func<AuditChange<T>, IEnumerable<AuditField>?> fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        return On(function, (change, _) => fields(change));
    }

    /// <summary>Maps all related changes of one <c>SaveChanges</c> to one record of a function that the application chooses.</summary>
    /// <param name="function">The function.</param>
    /// <param name="belongsTo">What related changes have in common, such as the id of the group.</param>
    /// <param name="fields">The fields of the record; <see langword="null"/> for no record.</param>
    public AuditEntityMap<T> OnAll<TKey>(
        string function, Func<T, TKey> belongsTo, Func<TKey, IReadOnlyList<AuditChange<T>>, IEnumerable<AuditField>?> fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        Map.Add(function, entries => entries
            .GroupBy(entry => belongsTo((T)entry.Entity))
            .Select(group => new MappedChange([.. group], () => fields(group.Key, [.. group.Select(entry => new AuditChange<T>(entry))]))));
        return this;
    }

    /// <summary>Writes <c>content-move</c> when the parent changed.</summary>
    public AuditEntityMap<T> AsContentMove<TId>(
        Expression<Func<T, TId>> parentId, Func<T, object?> nodeId, Func<T, object?> objectId, Func<T, string?> name)
    {
        string parent = PropertyName.Of(parentId);
        return On(ContentAudit.MoveFunction.Name, (change, mapped) => change.HasChanged(parent)
            ? Fields(
                mapped, ContentAudit.MoveFunction, () => nodeId(change.Entity), () => change.Old(parent), () => change.New(parent),
                () => objectId(change.Entity), () => name(change.Entity), () => "Moved the node to the given node")
            : null);
    }

    /// <summary>Writes <c>content-hide</c> when the flag changed.</summary>
    public AuditEntityMap<T> AsContentHide(
        Expression<Func<T, bool>> isHidden, Func<T, object?> nodeId, Func<T, object?> objectId, Func<T, string?> name, Func<T, DateTimeOffset> time)
    {
        string hidden = PropertyName.Of(isHidden);
        return On(ContentAudit.HideFunction.Name, (change, mapped) => change.HasChanged(hidden)
            ? Fields(
                mapped, ContentAudit.HideFunction, () => nodeId(change.Entity), () => objectId(change.Entity), () => name(change.Entity),
                () => time(change.Entity).ToUnixTimeSeconds(), () => change.New(hidden) is true ? "Hid the node" : "Showed the node again")
            : null);
    }

    /// <summary>Writes <c>content-delete</c> when the flag became true: the object was moved to the archive.</summary>
    public AuditEntityMap<T> AsContentArchive(Expression<Func<T, bool>> isDeleted, Func<T, object?> objectId, Func<T, string?> name)
    {
        string deleted = PropertyName.Of(isDeleted);
        return On(ContentAudit.DeleteFunction.Name, (change, mapped) => change.HasChanged(deleted) && change.New(deleted) is true
            ? FieldsFrom(1, mapped, ContentAudit.DeleteFunction, () => objectId(change.Entity), () => name(change.Entity), () => "Archived the object")
            : null);
    }

    /// <summary>Writes <c>content-delete</c> when the row is deleted: a node was removed, or an object was deleted for good.</summary>
    /// <param name="objectId">The object.</param>
    /// <param name="name">Its name.</param>
    /// <param name="nodeId">The removed node; <see langword="null"/> if the object itself is deleted for good.</param>
    public AuditEntityMap<T> AsContentDelete(Func<T, object?> objectId, Func<T, string?> name, Func<T, object?>? nodeId = null) =>
        On(ContentAudit.DeleteFunction.Name, (change, mapped) => change.Kind != AuditChangeKind.Delete ? null
            : nodeId is null
                ? FieldsFrom(1, mapped, ContentAudit.DeleteFunction, () => objectId(change.Entity), () => name(change.Entity), () => "Purged the object")
                : Fields(
                    mapped, ContentAudit.DeleteFunction, () => nodeId(change.Entity), () => objectId(change.Entity), () => name(change.Entity),
                    () => "Removed the node"));

    /// <summary>Writes <c>section-assign</c> when the section changed.</summary>
    public AuditEntityMap<T> AsSectionAssign<TId>(
        Expression<Func<T, TId>> sectionId, Func<T, string?> sectionName, Func<T, object?> nodeId, Func<T, object?> objectId, Func<T, string?> name)
    {
        string section = PropertyName.Of(sectionId);
        return On(SectionAudit.AssignFunction.Name, (change, mapped) => change.HasChanged(section)
            ? Fields(
                mapped, SectionAudit.AssignFunction, () => change.New(section), () => sectionName(change.Entity), () => nodeId(change.Entity),
                () => objectId(change.Entity), () => name(change.Entity), () => "Assigned the section to the node and all below it")
            : null);
    }

    /// <summary>Writes <c>state-assign</c> when the state changed.</summary>
    public AuditEntityMap<T> AsStateAssign<TState>(Expression<Func<T, TState>> state, Func<T, object?> objectId, Func<T, string?> name)
    {
        string property = PropertyName.Of(state);
        return On(StateAudit.AssignFunction.Name, (change, mapped) => change.HasChanged(property)
            ? Fields(
                mapped, StateAudit.AssignFunction, () => objectId(change.Entity), () => name(change.Entity), () => change.New(property),
                () => "Updated the states of the object")
            : null);
    }

    /// <summary>Writes <c>order-delete</c> when the row is deleted.</summary>
    public AuditEntityMap<T> AsOrderDelete(Func<T, object?> orderId) =>
        On(OrderAudit.DeleteFunction.Name, (change, mapped) => change.Kind == AuditChangeKind.Delete
            ? Fields(mapped, OrderAudit.DeleteFunction, () => orderId(change.Entity), () => "Removed the order and its data")
            : null);

    /// <summary>Writes <c>project-user-add</c> and <c>project-user-remove</c> for an entity that links users to projects.</summary>
    public AuditEntityMap<T> AsProjectUser(Func<T, object?> projectId, Func<T, string?> projectName, Func<T, object?> userId, Func<T, string?> userLogin)
    {
        IEnumerable<AuditField> Of(T join, MappedChange mapped) =>
        [
            ("Project ID", mapped.Value(() => projectId(join))), ("Project name", mapped.Value(() => projectName(join))),
            ("User id", mapped.Value(() => userId(join))), ("User login", mapped.Value(() => userLogin(join))),
        ];
        return On("project-user-add", (change, mapped) => change.Kind == AuditChangeKind.Insert ? Of(change.Entity, mapped) : null)
            .On("project-user-remove", (change, mapped) => change.Kind == AuditChangeKind.Delete ? Of(change.Entity, mapped) : null);
    }

    /// <summary>Writes <c>group-users-set</c>: one record for everything that one <c>SaveChanges</c> did to the users of a group.</summary>
    /// <param name="groupId">The group.</param>
    /// <param name="groupName">Its name.</param>
    /// <param name="userLogin">The login of the user that the entity links to the group.</param>
    /// <param name="resultingCount">The number of users in the group afterwards, if it is known without a query.</param>
    public AuditEntityMap<T> AsGroupUsersSet<TId>(
        Func<T, TId> groupId, Func<T, string?> groupName, Func<T, string?> userLogin, Func<T, int>? resultingCount = null) =>
        OnAll("group-users-set", groupId, (group, changes) =>
        {
            string Users(AuditChangeKind kind) => string.Join(", ", changes.Where(change => change.Kind == kind).Select(change => userLogin(change.Entity)));
            List<AuditField> fields =
            [
                ("Group ID", (object?)group), ("Group name", groupName(changes[0].Entity)),
                ("Added", Users(AuditChangeKind.Insert)), ("Removed", Users(AuditChangeKind.Delete)),
            ];
            if (resultingCount is not null) fields.Add(("Resulting count", resultingCount(changes[0].Entity)));
            return changes.All(change => change.Kind == AuditChangeKind.Update) ? null : fields;
        });

    private AuditEntityMap<T> On(string function, Func<AuditChange<T>, MappedChange, IEnumerable<AuditField>?> fields)
    {
        Map.Add(function, entries => entries.Select(entry =>
        {
            MappedChange? mapped = null;
            mapped = new MappedChange([entry], () => fields(new AuditChange<T>(entry), mapped!));
            return mapped;
        }));
        return this;
    }

    private static IEnumerable<AuditField> Fields(MappedChange mapped, AuditFunction function, params Func<object?>[] values) =>
        FieldsFrom(0, mapped, function, values);

    private static IEnumerable<AuditField> FieldsFrom(int first, MappedChange mapped, AuditFunction function, params Func<object?>[] values) =>
        function.Fields.Skip(first).Zip(values, (name, value) => new AuditField(name, mapped.Value(value)));
}
