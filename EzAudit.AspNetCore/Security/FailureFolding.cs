using System.Collections.Frozen;
using System.Globalization;
using EzAudit.Records;
using NodaTime;
using NodaTime.Text;

namespace EzAudit.AspNetCore.Security;

/// <summary>
/// Keeps attackers from filling the disk: only a limited number of failed sign-ins per address and window are recorded individually. The others are
/// counted, and one record per function reports their number when the window ends or the host stops. The last individual record announces this.
/// </summary>
/// <remarks>Bounded: addresses beyond the limit share one count. Thread-safe.</remarks>
internal sealed class FailureFolding(ObservedTrail trail)
{
    /// <summary>The field of a record that stands for several failures; <c>ezaudit report</c> reads it.</summary>
    public const string CountField = "Folded failures";

    public const int MostAddresses = 10_000;

    private const string LoginField = "User login";

    private static readonly FrozenSet<string> Functions = FrozenSet.Create(
        StringComparer.Ordinal,
        "user-failed-login", "user-failed-login-disabled", "user-failed-login-error", "user-failed-login-api", "user-failed-login-oauth", "mfa-failed");

    private readonly Lock _gate = new();
    private readonly Dictionary<FailureSource, FailureWindow> _windows = [];

    /// <summary>The number of addresses tracked now.</summary>
    public int Addresses
    {
        get
        {
            lock (_gate) return _windows.Count;
        }
    }

    /// <summary>The number of counted failures that are not recorded yet.</summary>
    public long Counted
    {
        get
        {
            lock (_gate) return _windows.Values.SelectMany(window => window.Folded.Values).Sum(folded => folded.Count);
        }
    }

    /// <summary>Whether records of a function can be folded.</summary>
    public static bool Folds(string function) => Functions.Contains(function);

    /// <summary>Counts a failed sign-in of the current request.</summary>
    /// <returns>The fields of its record; <see langword="null"/> if it is only counted.</returns>
    public async ValueTask<AuditField[]?> CountAsync(string function, AuditField[] fields)
    {
        SignInSettings settings = trail.Settings<SignInSettings>() ?? SignInSettings.Default;
        if (settings.FailuresPerAddress == 0) return fields;
        var source = FailureSource.Of(AuditContext.Origin?.Address);
        string login = Array.Find(fields, field => field.Name == LoginField).Value ?? "";
        Instant now = trail.Now;
        bool isRecorded;
        string? until;
        FailureWindow? over;
        lock (_gate)
        {
            FailureWindow window = WindowOf(source, now, settings, out over);
            isRecorded = window.Add(function, login, now);
            until = window.IsUsedUp ? InstantPattern.General.Format(window.End) : null;
        }
        if (over is not null) await TryWriteAsync(over).ConfigureAwait(false);
        if (!isRecorded) return null;
        return until is null ? fields : [.. fields, ("Further failures", $"counted until {until}")];
    }

    /// <summary>Records the counts of windows that have ended.</summary>
    /// <exception cref="AuditWriteException">A count could not be recorded; counting continues.</exception>
    public Task WriteOverAsync()
    {
        Instant now = trail.Now;
        return WriteAsync(window => window.IsOver(now));
    }

    /// <summary>Records all counts.</summary>
    /// <exception cref="AuditWriteException">A count could not be recorded; counting continues.</exception>
    public Task WriteAllAsync() => WriteAsync(_ => true);

    private FailureWindow WindowOf(FailureSource source, Instant now, SignInSettings settings, out FailureWindow? over)
    {
        if (!_windows.ContainsKey(source) && _windows.Count >= MostAddresses) source = FailureSource.Others;
        if (_windows.TryGetValue(source, out over) && !over.IsOver(now))
        {
            FailureWindow open = over;
            over = null;
            return open;
        }
        return _windows[source] = new FailureWindow(source, now, settings);
    }

    private async Task WriteAsync(Func<FailureWindow, bool> isDue)
    {
        FailureWindow[] taken;
        lock (_gate)
        {
            taken = [.. _windows.Values.Where(isDue)];
            foreach (FailureWindow window in taken) _windows.Remove(window.Source);
        }
        AuditWriteException? first = null;
        foreach (FailureWindow window in taken)
        {
            AuditWriteException? failure = await TryWriteAsync(window).ConfigureAwait(false);
            first ??= failure;
        }
        if (first is not null) throw first;
    }

    // Returns the exception instead of throwing: the current request did not cause the failures of an ended window.
    private async ValueTask<AuditWriteException?> TryWriteAsync(FailureWindow window)
    {
        AuditWriteException? first = null;
        foreach ((string function, FoldedFailures folded) in window.Folded)
        {
            try
            {
                await WriteAsync(window.Source, function, folded).ConfigureAwait(false);
            }
            catch (AuditWriteException failure)
            {
                first ??= failure;
                Return(window, function, folded);
            }
        }
        return first;
    }

    private void Return(FailureWindow window, string function, FoldedFailures folded)
    {
        lock (_gate)
        {
            if (!_windows.TryGetValue(window.Source, out FailureWindow? current)) _windows.Add(window.Source, current = window.Emptied());
            current.TakeOver(function, folded);
        }
    }

    private async ValueTask WriteAsync(FailureSource source, string function, FoldedFailures folded)
    {
        using IDisposable flow = AuditContext.Use(new AuditOrigin(null, source.Address));
        await trail.WriteAsync(
            function,
            [
                (CountField, folded.Count),
                ("From", InstantPattern.ExtendedIso.Format(folded.First)),
                ("To", InstantPattern.ExtendedIso.Format(folded.Last)),
                ("Different logins", folded.Logins),
                ("Comment", string.Create(CultureInfo.InvariantCulture, $"{folded.Count} more failed sign-ins from {source.Name}, without records of their own")),
            ]).ConfigureAwait(false);
    }
}
