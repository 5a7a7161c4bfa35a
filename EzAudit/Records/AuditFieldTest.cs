namespace EzAudit.Records;

/// <summary>What a record must have among its fields: one of this name with such a value. Of a repeated name one is enough.</summary>
/// <param name="Name">The field's name, exact.</param>
/// <param name="Comparison">How its value is compared.</param>
/// <param name="Text">With what.</param>
public sealed record AuditFieldTest(string Name, AuditFieldComparison Comparison, string Text);
