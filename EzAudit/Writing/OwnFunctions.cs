using EzAudit.Records;

namespace EzAudit.Writing;

/// <summary>The functions of the audit trail's records about itself. They are written if audit.ini names a file for them.</summary>
internal static class OwnFunctions
{
    public const string Category = "audit";

    private const string EcsVersion = "8.17.0";
    private const string OcsfVersion = "1.8.0";
    private const long ApplicationLifecycle = 6002;
    private const long EntityManagement = 3004;

    public static readonly AuditFunction Start = Define(
        "audit-start", "StartAudit", "The audit trail of {Process} started on {Host}.", AuditSeverity.Notice,
        ["Process", "Host", "Settings"], Mapped("process", "start", ApplicationLifecycle, 3, "app.name", "Process"));

    public static readonly AuditFunction Stop = Define(
        "audit-stop", "StopAudit", "The audit trail of {Process} stopped on {Host}.", AuditSeverity.Notice,
        ["Process", "Host"], Mapped("process", "end", ApplicationLifecycle, 4, "app.name", "Process"));

    public static readonly AuditFunction ConfigChange = Define(
        "audit-config-change", "ChangeAuditConfig", "The settings of the audit trail changed ({Files}), audit: {Audit}.", AuditSeverity.Warning,
        ["Audit", "Old settings", "New settings", "Files"], Mapped("configuration", "change", EntityManagement, 3, "entity.name", "Files"));

    public static readonly AuditFunction Rotate = Define(
        "audit-rotate", "RotateAudit", "Log file {File} was renamed to {New name}.", AuditSeverity.Info,
        ["File", "New name"], Mapped("file", "change", EntityManagement, 3, "entity.name", "File"));

    public static readonly AuditFunction Delete = Define(
        "audit-delete", "DeleteAudit", "Log file {File} was deleted.", AuditSeverity.Warning,
        ["File"], Mapped("file", "deletion", EntityManagement, 4, "entity.name", "File"));

    public static readonly AuditFunction Recover = Define(
        "audit-recover", "RecoverAudit", "{Records} records of {File} were recovered to {Recovered to} by {User}, {Problems} problems.", AuditSeverity.Warning,
        ["File", "Recovered to", "Records", "Problems", "User"], Mapped("file", "change", EntityManagement, 3, "entity.name", "File"));

    public static readonly AuditFunction Erase = Define(
        "audit-erase", "EraseAudit", "{Records} records were erased by {User}, {Held} kept by a legal hold: {Reason}.", AuditSeverity.Warning,
        ["Query", "Records", "Held", "Files", "User", "Reason", "Order"], Mapped("file", "deletion", EntityManagement, 4, "entity.name", "Files"));

    /// <summary>Unlike the others, it is written even without a line of its own: then to the file that lost the records.</summary>
    public static readonly AuditFunction Loss = Define(
        "audit-loss", "LoseAudit", "{Lost records} records of {Function} were lost between {From} and {To}: {Reason}.", AuditSeverity.Error,
        ["Function", "Lost records", "From", "To", "Reason"], Mapped("file", "error", EntityManagement, 4, "entity.name", "Function"), AuditOutcome.Failure) with
    { IsNamedInRecords = true };

    public static IEnumerable<AuditFunction> All => [Start, Stop, ConfigChange, Rotate, Delete, Recover, Erase, Loss];

    private static AuditFunction Define(
        string name, string eventName, string sentence, AuditSeverity severity, string[] fields, AuditMapping[] mappings, AuditOutcome outcome = AuditOutcome.Success) => new()
        {
            Name = name,
            DefaultFileName = "audit.log",
            Fields = fields,
            EventName = eventName,
            Sentence = sentence,
            Severity = severity,
            Outcome = outcome,
            Category = Category,
            Mappings = mappings,
        };

    private static AuditMapping[] Mapped(string ecsCategory, string ecsType, long ocsfClass, long ocsfActivity, string ocsfPath, string field) =>
    [
        new(AuditMapping.Ecs, EcsVersion, [AuditMappedValue.Of("event.category[]", ecsCategory), AuditMappedValue.Of("event.type[]", ecsType)]),
        new(AuditMapping.Ocsf, OcsfVersion, [AuditMappedValue.Of("class_uid", ocsfClass), AuditMappedValue.Of("activity_id", ocsfActivity), AuditMappedValue.OfField(ocsfPath, field)]),
    ];
}
