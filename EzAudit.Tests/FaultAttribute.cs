namespace EzAudit.Tests;

/// <summary>Names the rows of docs/durability.md that a test proves.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class FaultAttribute(params int[] rows) : Attribute
{
    public IReadOnlyList<int> Rows { get; } = rows;
}
