using EzAudit.Records;
using NodaTime;

namespace EzAudit.Settings.Model;

/// <summary>Records that must not be deleted or erased: <c>[Hold-NAME]</c>.</summary>
internal sealed record HoldSettings
{
    /// <summary>Stands for all functions.</summary>
    public const string AllFunctions = AuditLegalHold.AllFunctions;

    public required string Name { get; init; }

    /// <summary>The functions whose records are held; <see cref="AllFunctions"/> among them: all.</summary>
    public required IReadOnlyList<string> Functions { get; init; }

    /// <summary>A record is held if it has one of these fields; empty: all records of the functions.</summary>
    public IReadOnlyList<HeldField> Fields { get; init; } = [];

    /// <summary>The last day of the hold; <see langword="null"/>: it holds until the section is removed.</summary>
    public LocalDate? Until { get; init; }

    public required string Reason { get; init; }
}

/// <summary>A field by which a hold recognises its records.</summary>
internal sealed record HeldField(string Name, string Value);
