using EzAudit.Records;

namespace EzAudit.Plugins.Definitions;

/// <summary>Defines the functions of <see cref="SessionAudit"/>.</summary>
internal static class SessionFunctions
{
    private static readonly FunctionGroup Group = new("session");

    public static readonly AuditFunction Start = Group.Define(
        "session-start", "session.log", "StartSession",
        "Session {Session id} was started by {User agent}.",
        ["Session id", "User agent"],
        "session/start", "3002:1");

    public static readonly AuditFunction End = Group.Define(
        "session-end", "session.log", "EndSession",
        "Session {Session id} ended after {Duration}: {Reason}.",
        ["Session id", "Reason", "Duration"],
        "session/end", "3002:2");

    public static readonly AuditFunction Use = Group.Define(
        "session-use", "session.log", "UseSession",
        "Session {Session id} was used.",
        ["Session id"],
        "session/info", "3002:99", AuditSeverity.Debug);

    public static readonly AuditFunction Timeout = Group.Define(
        "session-timeout", "session.log", "TimeOutSession",
        "Session {Session id} timed out after {Idle} without use.",
        ["Session id", "Idle"],
        "session/end", "3002:2");

    public static readonly AuditFunction Ping = Group.Define(
        "session-ping", "session.log", "PingSession",
        "Session {Session id} was kept alive.",
        ["Session id"],
        "session/info", "3002:99", AuditSeverity.Debug);
}
