using EzAudit.EntityFrameworkCore.Outbox;
using EzAudit.EntityFrameworkCore.Plans;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Microsoft.EntityFrameworkCore;

/// <summary>Marks in the model what is audited.</summary>
public static class EzAuditModelBuilderExtensions
{
    private const int IdLength = 32;
    private const int LogLength = 400;

    /// <summary>Includes or excludes the changes of an entity and, optionally, its reads.</summary>
    public static EntityTypeBuilder<T> IsAudited<T>(this EntityTypeBuilder<T> builder, bool audited = true, bool reads = false) where T : class
    {
        ((EntityTypeBuilder)builder).IsAudited(audited, reads);
        return builder;
    }

    /// <inheritdoc cref="IsAudited{T}(EntityTypeBuilder{T}, bool, bool)"/>
    public static EntityTypeBuilder IsAudited(this EntityTypeBuilder builder, bool audited = true, bool reads = false)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.HasAnnotation(AuditAnnotations.Audited, audited).HasAnnotation(AuditAnnotations.Reads, audited && reads);
    }

    /// <summary>Includes a property in the records of its entity, or excludes it.</summary>
    public static PropertyBuilder<T> IsAudited<T>(this PropertyBuilder<T> builder, bool audited = true)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.HasAnnotation(AuditAnnotations.Audited, audited);
    }

    /// <summary>Writes the values of a property as <c>[redacted]</c>.</summary>
    public static PropertyBuilder<T> IsAuditSensitive<T>(this PropertyBuilder<T> builder, bool sensitive = true)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.HasAnnotation(AuditAnnotations.Sensitive, sensitive);
    }

    /// <summary>Adds the table <c>AuditOutbox</c>, where records wait until they are moved to the log.</summary>
    /// <param name="builder">The model.</param>
    /// <param name="schema">The table's schema; null for the default one.</param>
    public static ModelBuilder AddAuditOutbox(this ModelBuilder builder, string? schema = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Entity<OutboxRow>(row =>
        {
            row.ToTable("AuditOutbox", schema);
            row.HasKey(r => r.Id);
            row.Property(r => r.Id).HasMaxLength(IdLength).IsUnicode(false);
            row.Property(r => r.Log).HasMaxLength(LogLength);
            row.Property(r => r.Owner).HasMaxLength(IdLength).IsUnicode(false);
            row.HasIndex(r => r.Owner);
        });
    }
}
