using System.Globalization;
using EzAudit.Formats.Secrets;
using EzAudit.Records;
using EzAudit.Settings.Model;

namespace EzAudit.Formats.Output;

/// <summary>
/// Prepares a caller's fields for all formats and targets, in one step: converts objects to text once, redacts secrets, and truncates and marks
/// what exceeds the limits.
/// </summary>
/// <remarks>
/// Sizes are bytes of UTF-8 before a format escapes anything, marks included. A name or value has at most MaxFieldBytes, and all names and
/// values together at most MaxRecordBytes, unless the marks alone, or texts shorter than a mark, exceed it. MaxFields counts the
/// caller's fields; one more field says how many were omitted.
/// </remarks>
internal sealed class FieldSanitizer(RecordLimits limits)
{
    // The longest text of a number or bool, rounded up.
    private const int MaxNumberBytes = 32;

    private const int MaxOriginBytes = 1024;

    /// <summary>The fields themselves if nothing needs to change, else new ones.</summary>
    /// <param name="fields">The caller's fields.</param>
    /// <param name="failed">How many objects threw an exception when they were converted to text.</param>
    /// <param name="redactor">Removes what must not be written: after objects are converted to text, before anything is truncated or hashed.</param>
    /// <param name="function">The function of the fields: it may have limits of its own.</param>
    public ReadOnlySpan<AuditField> Sanitize(ReadOnlySpan<AuditField> fields, out int failed, Redactor? redactor = null, AuditFunction? function = null)
    {
        failed = 0;
        // In one pass: most records need no change.
        if (fields.Length > limits.MaxFields) return Rewrite(fields, ref failed, redactor, function);
        long bytes = 0;
        for (int i = 0; i < fields.Length; i++)
        {
            ref readonly AuditField field = ref fields[i];
            if (!IsSmall(field, function, ref bytes) || redactor?.MayHide(field, i) == true) return Rewrite(fields, ref failed, redactor, function);
        }
        return bytes <= limits.MaxRecordBytes ? fields : Rewrite(fields, ref failed, redactor, function);
    }

    private AuditField[] Rewrite(ReadOnlySpan<AuditField> fields, ref int failed, Redactor? redactor, AuditFunction? function)
    {
        int kept = Math.Min(fields.Length, limits.MaxFields);
        var rewritten = new AuditField[kept < fields.Length ? kept + 1 : kept];
        bool areSmall = true;
        long bytes = 0;
        for (int i = 0; i < kept; i++)
        {
            AuditField field = WithText(fields[i], ref failed);
            if (redactor?.Redact(field, i, fields[i].IsNumber) is { } value) field = new AuditField(field.Name, value);
            areSmall &= IsSmall(field, function, ref bytes);
            rewritten[i] = field;
        }
        if (kept < fields.Length)
            rewritten[kept] = new AuditField("...", string.Create(CultureInfo.InvariantCulture, $"[+{fields.Length - kept} fields]"));
        if (!areSmall || bytes > limits.MaxRecordBytes) Cut(rewritten.AsSpan(0, kept), function);
        return rewritten;
    }

    /// <summary>A login, id or address, truncated to a few hundred characters: strangers choose them and could fill the disk.</summary>
    public string Sanitize(string text)
    {
        int limit = Math.Min(limits.MaxFieldBytes, MaxOriginBytes);
        // No character takes more than three bytes.
        return text.Length * 3L <= limit ? text : CutText.To(text, limit);
    }

    /// <summary>An actor whose login and id are truncated like any text.</summary>
    public AuditActor Sanitize(AuditActor actor)
    {
        string login = Sanitize(actor.Login);
        string id = Sanitize(actor.Id);
        return ReferenceEquals(login, actor.Login) && ReferenceEquals(id, actor.Id) ? actor : new AuditActor(login, id);
    }

    // No character takes more than three bytes.
    private bool IsSmall(in AuditField field, AuditFunction? function, ref long bytes)
    {
        long name = field.Name.Length * 3L;
        long value = field.Text is { } text ? text.Length * 3L : MaxNumberBytes;
        bytes += name + value;
        if (name > limits.MaxFieldBytes || value > limits.MaxFieldBytes || field.Kind == AuditFieldKind.Object) return false;
        // No function's limit is shorter than a mark, so most values need no check.
        return value <= CutText.MaxMarkBytes || value <= LimitOf(field.Name, function);
    }

    private int LimitOf(string name, AuditFunction? function) =>
        function is not null && function.FieldLimits.TryGetValue(name, out int own) ? Math.Min(own, limits.MaxFieldBytes) : limits.MaxFieldBytes;

    private static AuditField WithText(in AuditField field, ref int failed)
    {
        if (field.Kind != AuditFieldKind.Object) return field;
        var text = new AuditField(field.Name, ValueText.Of(field.Object, out bool hasFailed));
        if (hasFailed) failed++;
        return text;
    }

    private void Cut(Span<AuditField> fields, AuditFunction? function)
    {
        long longest = LongestThatFits(fields, function);
        foreach (ref AuditField field in fields)
        {
            string name = Cut(field.Name, limits.MaxFieldBytes, longest);
            if (field.Kind == AuditFieldKind.Text) field = new AuditField(name, Cut(field.Value, LimitOf(field.Name, function), longest));
            else if (!ReferenceEquals(name, field.Name)) field = new AuditField(name, field.Value);
        }
    }

    // To meet the record's limit, no text is truncated to less than a mark: the mark would make a shorter text longer.
    private static string Cut(string text, int limit, long longest) => CutText.To(text, Math.Min(limit, Math.Max(longest, CutText.MaxMarkBytes)));

    // The longest texts are truncated first, all to the same length: the short ones, which say who and what, stay whole.
    private long LongestThatFits(ReadOnlySpan<AuditField> fields, AuditFunction? function)
    {
        var sizes = new long[fields.Length * 2];
        for (int i = 0; i < fields.Length; i++)
        {
            sizes[2 * i] = Size(fields[i].Name, limits.MaxFieldBytes);
            sizes[(2 * i) + 1] = Size(fields[i].Value, LimitOf(fields[i].Name, function));
        }
        Array.Sort(sizes);
        long room = limits.MaxRecordBytes;
        for (int i = 0; i < sizes.Length; i++)
        {
            long share = room / (sizes.Length - i);
            if (sizes[i] > share) return share;
            room -= sizes[i];
        }
        return long.MaxValue;
    }

    // The size of the text if only the limit of its field applies.
    private static long Size(string text, int limit) => Math.Min(CutText.CountBytes(text), Math.Max(limit, CutText.MaxMarkBytes));
}
