namespace EzAudit.Records;

/// <summary>Stands in the place of a field's object and says that its value is a number, and of which kind.</summary>
internal sealed class NumberMark
{
    public static readonly NumberMark Integer = new(AuditFieldKind.Integer);
    public static readonly NumberMark Boolean = new(AuditFieldKind.Boolean);
    public static readonly NumberMark Double = new(AuditFieldKind.Double);

    private NumberMark(AuditFieldKind kind) => Kind = kind;

    public AuditFieldKind Kind { get; }
}
