namespace EzAudit.Tests.Architecture.Model.Upper;

/// <summary>A type of the upper floor that serves as a type argument.</summary>
internal sealed class Tile;
