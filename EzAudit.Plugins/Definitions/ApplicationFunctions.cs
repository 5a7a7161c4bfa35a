using EzAudit.Records;

namespace EzAudit.Plugins.Definitions;

/// <summary>Defines the functions of <see cref="ApplicationAudit"/>.</summary>
internal static class ApplicationFunctions
{
    private static readonly FunctionGroup Group = new("application");

    public static readonly AuditFunction Call = Group.Define(
        "application-call", "application.log", "CallApplication",
        "{Operation} of {Resource} was called: {Status} in {Duration}.",
        ["Resource", "Operation", "Duration", "Status"],
        "api/access", "6003:99");

    public static readonly AuditFunction JobAccess = Group.Define(
        "job-access", "access.log", "AccessByJob",
        "Job {Job} read {ids} for {Actor}.",
        ["Job", "Actor", "ids"],
        "process/access", "3004:2");

    public static readonly AuditFunction JobRun = Group.Define(
        "job-run", "job.log", "RunJob",
        "Job {Job} ran for {Duration}: {Result}.",
        ["Job", "Trigger", "Result", "Duration"],
        "process/info", "6002:3");
}
