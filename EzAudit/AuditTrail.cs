using EzAudit.Records;
using EzAudit.Writing;
using EzAudit.Writing.Building;

namespace EzAudit;

/// <summary>
/// The audit trail of this application: one call, one record. Needs no set-up; without a host, the settings are looked for at the
/// first call, below <c>EZAUDIT_ROOT</c>, the current directory or the application's own.
/// </summary>
/// <remarks>All members may be called by many threads at once.</remarks>
public static class AuditTrail
{
    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(3);
    private static readonly Lock Gate = new();
    private static volatile AuditWriter[] _hosted = [];
    private static volatile AuditWriter? _own;

    /// <summary>The writer that calls go to: the one of this flow, else that of the host that started last, else one built from the settings found.</summary>
    /// <exception cref="AuditSettingsException">The settings cannot be used. Asked again, they are read again.</exception>
    public static AuditWriter Current => Flow.Now?.Writer ?? (_hosted is [.., { } last] ? last : _own) ?? BuildOwn();

    /// <inheritdoc cref="AuditWriter.WriteAudit(string, ReadOnlySpan{AuditField})"/>
    /// <exception cref="AuditSettingsException">The settings cannot be used.</exception>
    public static bool WriteAudit(string function, params ReadOnlySpan<AuditField> fields) => Current.WriteAudit(function, fields);

    /// <inheritdoc cref="AuditWriter.WriteAudit(string, IEnumerable{KeyValuePair{string, object}})"/>
    /// <exception cref="AuditSettingsException">The settings cannot be used.</exception>
    public static bool WriteAudit(string function, IEnumerable<KeyValuePair<string, object?>> fields) => Current.WriteAudit(function, fields);

    /// <inheritdoc cref="AuditWriter.WriteAuditAsync(string, ReadOnlySpan{AuditField})"/>
    /// <exception cref="AuditSettingsException">The settings cannot be used.</exception>
    public static ValueTask<bool> WriteAuditAsync(string function, params ReadOnlySpan<AuditField> fields) => Current.WriteAuditAsync(function, fields);

    /// <summary>Sends the calls of this async flow to a writer until the result is disposed: for tests, and several hosts in one process.</summary>
    /// <param name="writer">The writer; stays the caller's to dispose.</param>
    public static IDisposable Use(AuditWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        return Flow.Begin(writer, null);
    }

    /// <summary>Makes a host's writer the current one, until it is forgotten or another host starts.</summary>
    internal static void UseHosted(AuditWriter writer)
    {
        lock (Gate) _hosted = [.. _hosted.Where(other => other != writer), writer];
    }

    /// <summary>The current one is then that of the host that started last of those that still run.</summary>
    internal static void ForgetHosted(AuditWriter writer)
    {
        lock (Gate) _hosted = [.. _hosted.Where(other => other != writer)];
    }

    private static AuditWriter BuildOwn()
    {
        lock (Gate)
        {
            if (_own is { } built) return built;
            AuditWriter writer = new AuditWriterBuilder(AuditRoot.Find()).Build();
            var signals = new ShutdownSignals(writer.FlushAtExit);
            // Not closed: handlers of ProcessExit that were added later still have something to say.
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
