using EzAudit.Records;
using EzAudit.Settings.Sources;
using EzAudit.Writing;

namespace EzAudit;

/// <summary>
/// The audit trail of this application: one call writes one record. Needs no setup: without a host, the first call looks for the settings below
/// <c>EZAUDIT_ROOT</c>, the current directory or the application's own directory.
/// </summary>
/// <remarks>Thread-safe.</remarks>
public static class AuditTrail
{
    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(3);
    private static readonly Lock Gate = new();
    private static volatile AuditWriter[] _hosted = [];
    private static volatile AuditWriter? _own;

    /// <summary>The writer that receives the calls: the one set for this async flow by <see cref="Use"/>, else that of the most recently started host, else one built from the settings found.</summary>
    /// <exception cref="AuditSettingsException">The settings cannot be used. The next call reads them again.</exception>
    public static AuditWriter Current => WriterOf(AuditContext.Now);

    /// <inheritdoc cref="AuditWriter.WriteAudit(string, ReadOnlySpan{AuditField})"/>
    /// <exception cref="AuditSettingsException">The settings cannot be used.</exception>
    public static bool WriteAudit(string function, params ReadOnlySpan<AuditField> fields)
    {
        // Obtained once, for the writer and the origin: it costs as much as a field.
        AmbientAudit? ambient = AuditContext.Now;
        return WriterOf(ambient).WriteAudit(function, fields, ambient?.Origin);
    }

    /// <inheritdoc cref="AuditWriter.WriteAudit(string, IEnumerable{KeyValuePair{string, object}})"/>
    /// <exception cref="AuditSettingsException">The settings cannot be used.</exception>
    public static bool WriteAudit(string function, IEnumerable<KeyValuePair<string, object?>> fields) => Current.WriteAudit(function, fields);

    /// <inheritdoc cref="AuditWriter.WriteAuditAsync(string, ReadOnlySpan{AuditField})"/>
    /// <exception cref="AuditSettingsException">The settings cannot be used.</exception>
    public static ValueTask<bool> WriteAuditAsync(string function, params ReadOnlySpan<AuditField> fields) => Current.WriteAuditAsync(function, fields);

    /// <summary>Directs the calls of this async flow to a writer until the result is disposed; for tests, and for several hosts in one process.</summary>
    /// <param name="writer">The writer. The caller remains responsible for disposing it.</param>
    public static IDisposable Use(AuditWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        return AuditContext.Begin(writer, null);
    }

    /// <summary>Makes a host's writer the current one until <see cref="ForgetHosted"/> or until another host starts.</summary>
    internal static void UseHosted(AuditWriter writer)
    {
        lock (Gate) _hosted = [.. _hosted.Where(other => other != writer), writer];
    }

    /// <summary>Makes the most recently started of the hosts that still run current again.</summary>
    internal static void ForgetHosted(AuditWriter writer)
    {
        lock (Gate) _hosted = [.. _hosted.Where(other => other != writer)];
    }

    private static AuditWriter WriterOf(AmbientAudit? ambient) => ambient?.Writer ?? (_hosted is [.., { } last] ? last : _own) ?? BuildOwn();

    private static AuditWriter BuildOwn()
    {
        lock (Gate)
        {
            if (_own is { } built) return built;
            AuditWriter writer = new AuditWriterBuilder(AuditRoot.Find()).Build();
            var signals = new ShutdownSignals(writer.FlushAtExit);
            // Not disposed: ProcessExit handlers that were added later may still write.
            AppDomain.CurrentDomain.ProcessExit += (_, _) =>
            {
                signals.Dispose();
                writer.PrepareForExit(EndPatience);
            };
            _own = writer;
            return writer;
        }
    }
}
