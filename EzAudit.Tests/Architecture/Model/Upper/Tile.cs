namespace EzAudit.Tests.Architecture.Model.Upper;

/// <summary>A type of the upper floor that can be an argument.</summary>
internal sealed class Tile;
