namespace EzAudit.Tests.Architecture.Model.Lower;

/// <summary>Names nothing above it.</summary>
internal sealed class Cellar;
