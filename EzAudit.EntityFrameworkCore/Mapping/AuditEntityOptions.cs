namespace EzAudit.EntityFrameworkCore.Mapping;

/// <summary>What <c>UseEzAudit</c> records of a context, and how. Which functions are written at all, audit.ini says.</summary>
public sealed class AuditEntityOptions
{
    private readonly List<EntityMap> _maps = [];

    /// <summary>Whether only entities marked by <see cref="AuditedAttribute"/> or <c>IsAudited()</c> are audited; at first all are that are not left out.</summary>
    public bool OnlyMarked { get; set; }

    /// <summary>
    /// Whether records are stored in a table beside the changes, in their transaction, and moved to the log after the commit: a crash between
    /// the two then loses nothing. The model needs <c>modelBuilder.AddAuditOutbox()</c>. A statement outside of a transaction, such as
    /// <c>ExecuteUpdate</c>, is committed by itself: its record is written after it, and not stored.
    /// </summary>
    public bool Outbox { get; set; }

    /// <summary>Whether the text of SQL statements keeps its literals and comments, and records have the values of their parameters. They may be anybody's secrets.</summary>
    public bool Values { get; set; }

    /// <summary>How many keys of the rows that a query read its record has; at first 100.</summary>
    public int MostKeys { get; set; } = 100;

    /// <summary>Where records go; at first the host's writer, or <see cref="AuditTrail.Current"/> where the context has no host.</summary>
    public AuditWriter? Writer { get; set; }

    internal IReadOnlyList<EntityMap> Maps => _maps;

    /// <summary>Begins to say which changes of an entity are functions of their own, such as <c>content-move</c>.</summary>
    public AuditEntityMap<T> Entity<T>() where T : class
    {
        var map = new AuditEntityMap<T>();
        _maps.Add(map.Map);
        return map;
    }
}
