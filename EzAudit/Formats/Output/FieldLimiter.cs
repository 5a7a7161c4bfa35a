using System.Globalization;
using EzAudit.Formats.Secrets;
using EzAudit.Records;
using EzAudit.Settings.Model;

namespace EzAudit.Formats.Output;

/// <summary>
/// Makes a caller's fields fit for every format and target: objects become text, once; what is over the limits is cut, and says so.
/// </summary>
/// <remarks>
/// Bytes are those of UTF-8 before a format escapes anything, marks included. A name or value has no more than MaxFieldBytes, names and
/// values together no more than MaxRecordBytes, unless the marks alone, or texts shorter than a mark, are more. MaxFields counts the
/// caller's fields; one more says how many were left out.
/// </remarks>
internal sealed class FieldLimiter(RecordLimits limits)
{
    // The longest text of a number or bool, rounded up.
    private const int MaxNumberBytes = 32;

    private const int MaxOriginBytes = 1024;

    /// <summary>The fields themselves when nothing is to be done, else new ones.</summary>
    /// <param name="fields">The caller's fields.</param>
    /// <param name="failed">How many objects threw when they were asked for their text.</param>
    /// <param name="redactor">Takes out what must not be written: when objects are texts, before anything is cut or hashed.</param>
    /// <param name="function">Whose fields they are: it may have limits of its own.</param>
    public ReadOnlySpan<AuditField> Limit(ReadOnlySpan<AuditField> fields, out int failed, Redactor? redactor = null, AuditFunction? function = null)
    {
        failed = 0;
        return IsFit(fields, redactor, function) ? fields : MakeFit(fields, ref failed, redactor, function);
    }

    // In one pass: most records are fit as they are.
    private bool IsFit(ReadOnlySpan<AuditField> fields, Redactor? redactor, AuditFunction? function)
    {
        if (fields.Length > limits.MaxFields) return false;
        long bytes = 0;
        for (int i = 0; i < fields.Length; i++)
        {
            ref readonly AuditField field = ref fields[i];
            if (!IsSmall(field, function, ref bytes) || redactor?.MayHide(field, i) == true) return false;
        }
        return bytes <= limits.MaxRecordBytes;
    }

    private ReadOnlySpan<AuditField> MakeFit(ReadOnlySpan<AuditField> fields, scoped ref int failed, Redactor? redactor, AuditFunction? function)
    {
        ReadOnlySpan<AuditField> texts = WithTexts(fields, ref failed);
        ReadOnlySpan<AuditField> redacted = redactor is null ? texts : redactor.Redact(texts, fields);
        if (IsFit(redacted, redactor: null, function)) return redacted;
        AuditField[] limited = redacted.ToArray();
        Cut(limited.AsSpan(0, Math.Min(fields.Length, limits.MaxFields)), function);
        return limited;
    }

    /// <summary>A login, id or address, cut to a few hundred characters: strangers choose them, and could fill the disk.</summary>
    public string Limit(string text) => CutText.To(text, Math.Min(limits.MaxFieldBytes, MaxOriginBytes));

    /// <summary>An actor whose login and id are cut like any text.</summary>
    public AuditActor Limit(AuditActor actor)
    {
        string login = Limit(actor.Login);
        string id = Limit(actor.Id);
        return ReferenceEquals(login, actor.Login) && ReferenceEquals(id, actor.Id) ? actor : new AuditActor(login, id);
    }

    // No character takes more than three bytes.
    private bool IsSmall(in AuditField field, AuditFunction? function, ref long bytes)
    {
        long name = field.Name.Length * 3L;
        long value = field.Text is { } text ? text.Length * 3L : MaxNumberBytes;
        bytes += name + value;
        if (name > limits.MaxFieldBytes || value > limits.MaxFieldBytes || field.Kind == AuditFieldKind.Object) return false;
        // No function's limit is shorter than a mark, so most values need no look at it.
        return value <= CutText.MaxMarkBytes || value <= LimitOf(field.Name, function);
    }

    private int LimitOf(string name, AuditFunction? function) =>
        function is not null && function.FieldLimits.TryGetValue(name, out int own) ? Math.Min(own, limits.MaxFieldBytes) : limits.MaxFieldBytes;

    private AuditField[] WithTexts(ReadOnlySpan<AuditField> fields, ref int failed)
    {
        int kept = Math.Min(fields.Length, limits.MaxFields);
        var texts = new AuditField[kept < fields.Length ? kept + 1 : kept];
        for (int i = 0; i < kept; i++)
        {
            texts[i] = fields[i];
            if (fields[i].Kind != AuditFieldKind.Object) continue;
            texts[i] = new AuditField(fields[i].Name, ValueText.Of(fields[i].Object, out bool hasFailed));
            if (hasFailed) failed++;
        }
        if (kept < fields.Length)
            texts[kept] = new AuditField("...", string.Create(CultureInfo.InvariantCulture, $"[+{fields.Length - kept} fields]"));
        return texts;
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

    // For the record's sake no text is cut to less than a mark: in place of a shorter text, the mark would make it longer.
    private static string Cut(string text, int limit, long longest) => CutText.To(text, Math.Min(limit, Math.Max(longest, CutText.MaxMarkBytes)));

    // The longest texts are cut first, all to the same length: the short ones, which say who and what, stay whole.
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

    // What the text takes when only the limit of its field holds.
    private static long Size(string text, int limit) => Math.Min(GeneralizedUtf8.CountBytes(text), Math.Max(limit, CutText.MaxMarkBytes));
}

/// <summary>Cuts a text that is too long and says inside it how much is missing and what the whole was.</summary>
internal static class CutText
{
    /// <summary>The longest mark: ten digits of N, more than the longest string needs.</summary>
    public const int MaxMarkBytes = AuditFunction.LeastFieldLimit;

    /// <summary>
    /// The text, if it has no more than <paramref name="maxBytes"/> bytes of UTF-8; else its beginning and
    /// <c> ...[+N bytes, sha256=HEX]</c>, together no more than that: the bytes left out, the hash of the whole text. Where not even
    /// a mark fits, it stands alone.
    /// </summary>
    public static string To(string text, long maxBytes)
    {
        // No character takes more than three bytes.
        if (text.Length * 3L <= maxBytes || GeneralizedUtf8.CountBytes(text) <= maxBytes) return text;
        int kept = GeneralizedUtf8.FitChars(text, maxBytes - MaxMarkBytes);
        long missing = GeneralizedUtf8.CountBytes(text.AsSpan(kept));
        string hash = Convert.ToHexStringLower(GeneralizedUtf8.Hash(text));
        return string.Create(CultureInfo.InvariantCulture, $"{text.AsSpan(0, kept)} ...[+{missing} bytes, sha256={hash}]");
    }
}
