namespace EzAudit.EntityFrameworkCore.Mapping;

/// <summary>Sets what <c>UseEzAudit</c> records for a context, and how. Which functions are written is set in audit.ini.</summary>
public sealed class AuditEntityOptions
{
    private readonly List<EntityMap> _maps = [];

    /// <summary>
    /// Whether to audit only entities marked by <see cref="AuditedAttribute"/> or <c>IsAudited()</c>. By default, all entities that are not excluded
    /// are audited.
    /// </summary>
    public bool OnlyMarked { get; set; }

    /// <summary>
    /// Whether to store records in a table next to the changes, in the same transaction, and move them to the log after the commit. A crash
    /// between the two then loses nothing. The model needs <c>modelBuilder.AddAuditOutbox()</c>. A statement outside a transaction, such as
    /// <c>ExecuteUpdate</c>, commits by itself: its record is written afterwards and not stored.
    /// </summary>
    public bool Outbox { get; set; }

    /// <summary>Whether SQL text keeps its literals and comments, and records contain parameter values. Any of them may be a secret.</summary>
    public bool Values { get; set; }

    /// <summary>The maximum number of keys in the record of a query; 100 by default.</summary>
    public int MostKeys { get; set; } = 100;

    /// <summary>Where records go. Defaults to the host's writer, or <see cref="AuditTrail.Current"/> for a context without a host.</summary>
    public AuditWriter? Writer { get; set; }

    internal IReadOnlyList<EntityMap> Maps => _maps;

    /// <summary>Starts mapping changes of an entity to functions of their own, such as <c>content-move</c>.</summary>
    public AuditEntityMap<T> Entity<T>() where T : class
    {
        var map = new AuditEntityMap<T>();
        _maps.Add(map.Map);
        return map;
    }
}
