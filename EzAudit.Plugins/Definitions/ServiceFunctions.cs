using EzAudit.Records;

namespace EzAudit.Plugins.Definitions;

/// <summary>Defines the functions of <see cref="ServiceAudit"/>.</summary>
internal static class ServiceFunctions
{
    private static readonly FunctionGroup Group = new("service");

    public static readonly AuditFunction Start = Group.Define(
        "service-start", "service.log", "StartService",
        "Service {Service} {Version} started at {Address}.",
        ["Service", "Version", "Address"],
        "process/start", "6002:3", AuditSeverity.Notice);

    public static readonly AuditFunction Stop = Group.Define(
        "service-stop", "service.log", "StopService",
        "Service {Service} {Version} stopped: {Reason}.",
        ["Service", "Version", "Address", "Reason"],
        "process/end", "6002:4", AuditSeverity.Notice);

    public static readonly AuditFunction Error = Group.Define(
        "service-error", "service.log", "FailService",
        "Service {Service} {Version} failed: {Reason}.",
        ["Service", "Version", "Address", "Reason"],
        "process/error", "6008:1", AuditSeverity.Error, AuditOutcome.Failure);
}
