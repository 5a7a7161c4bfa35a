using System.Globalization;
using System.Reflection;
using Npgsql;

namespace EzAudit.PostgreSql.Schema;

/// <summary>The versions of the store's schema and the scripts that create them.</summary>
internal static class StoreSchema
{
    public const int Current = 2;

    // The largest number of a lock that nobody else uses: only one migration at a time.
    private const long MigrationLock = 0x657a_6175_6469_7401;

    /// <summary>The script that brings a store of a version to the current one, as one transaction; version 0 is a database without a store.</summary>
    public static string ScriptFrom(int version)
    {
        IEnumerable<string> steps = Enumerable.Range(version + 1, Current - version).Select(next =>
            $"{Read(next)}\nINSERT INTO ezaudit.schema_version (version) VALUES ({next.ToString(CultureInfo.InvariantCulture)});\n");
        return $"BEGIN;\nSELECT pg_advisory_xact_lock({MigrationLock.ToString(CultureInfo.InvariantCulture)});\n\n{string.Join('\n', steps)}\nCOMMIT;\n";
    }

    /// <summary>The version of the store in a database; 0 if there is none.</summary>
    public static async ValueTask<int> FindVersionAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        NpgsqlCommand find = connection.CreateCommand();
        await using (find.ConfigureAwait(false))
        {
            // Asks the catalogue, which everybody may read.
            find.CommandText = "SELECT to_regclass('ezaudit.schema_version') IS NOT NULL";
            if (await find.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is not true) return 0;
            find.CommandText = "SELECT coalesce(max(version), 0) FROM ezaudit.schema_version";
            return (int)(await find.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))!;
        }
    }

    /// <summary>Refuses a store whose version is not <see cref="Current"/>.</summary>
    /// <exception cref="AuditStoreException">The version is another one.</exception>
    public static async ValueTask RequireAsync(NpgsqlConnection connection, string place, CancellationToken cancellationToken)
    {
        int version = await FindVersionAsync(connection, cancellationToken).ConfigureAwait(false);
        if (version == Current) return;
        throw new AuditStoreException(version switch
        {
            0 => $"{place}: the database has no store of EzAudit. {StoreFailure.InitAdvice}",
            > Current => $"{place}: found schema version {version}, expected {Current}. Update EzAudit here: the store was migrated by a newer version.",
            _ => $"{place}: found schema version {version}, expected {Current}. {StoreFailure.InitAdvice}",
        });
    }

    private static string Read(int version)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"{version.ToString(CultureInfo.InvariantCulture)}.sql")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
