using System.Net.Sockets;
using Npgsql;

namespace EzAudit.PostgreSql.Schema;

/// <summary>Turns what PostgreSQL or its driver reports into a message that says what to do.</summary>
internal static class StoreFailure
{
    public const string InitAdvice = "Run \"ezaudit store init --run\" as the owner of the database.";

    /// <summary>Whether an exception says that the server or the connection to it failed.</summary>
    public static bool IsOfStore(Exception failure) => failure is NpgsqlException or TimeoutException or IOException;

    /// <summary>Whether the server refuses a record for good: errors in the data (22), violated constraints (23) and exceeded limits (54).</summary>
    public static bool IsRefusal(PostgresException failure) =>
        failure.SqlState != PostgresErrorCodes.UniqueViolation && failure.SqlState[..2] is ("22" or "23" or "54");

    /// <param name="failure">What was thrown.</param>
    /// <param name="place">Where the store is.</param>
    /// <param name="role">The role that was used.</param>
    public static AuditStoreException Of(Exception failure, string place, string role) => failure as AuditStoreException
        ?? new AuditStoreException($"{place}: {Reason(failure, role)}", failure);

    private static string Reason(Exception failure, string role) => failure switch
    {
        PostgresException postgres => ReasonOf(postgres, role),
        { InnerException: PostgresException postgres } => ReasonOf(postgres, role),
        { InnerException: TimeoutException } or TimeoutException => "the server does not answer in time.",
        NpgsqlException { InnerException: SocketException socket } => $"the server cannot be reached: {socket.Message}. Start it, or correct Connection.",
        NpgsqlException { InnerException: IOException lost } => $"the connection was lost: {lost.Message}",
        _ => failure.Message,
    };

    private static string ReasonOf(PostgresException failure, string role) => failure.SqlState switch
    {
        PostgresErrorCodes.InvalidPassword => $"the server refuses the password of role {role}. Correct it in the file that Passfile of Connection names.",
        PostgresErrorCodes.InvalidAuthorizationSpecification => $"the server does not let role {role} in: {failure.MessageText}. Create the role, or allow it in pg_hba.conf.",
        PostgresErrorCodes.InvalidCatalogName => $"{failure.MessageText}. Create the database. {InitAdvice}",
        PostgresErrorCodes.RaiseException => $"{failure.MessageText}.",
        PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName or PostgresErrorCodes.UndefinedFunction => $"the database has no store of EzAudit. {InitAdvice}",
        PostgresErrorCodes.InsufficientPrivilege =>
            $"role {role} lacks rights: {failure.MessageText}. As the owner: GRANT ezaudit_writer TO {role}; (or ezaudit_reader, for reading).",
        PostgresErrorCodes.DiskFull => $"the server's disk is full: {failure.MessageText}. Free space on it, or drop a month: \"ezaudit store drop\".",
        PostgresErrorCodes.ReadOnlySqlTransaction => "the server is a standby or read-only. Name all hosts in Connection, with Target Session Attributes=read-write.",
        _ => $"{failure.MessageText} ({failure.SqlState})",
    };
}
