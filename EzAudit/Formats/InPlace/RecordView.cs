using System.Text;

namespace EzAudit.Formats.InPlace;

/// <summary>A record read in place: its parts are bytes of the log as they were written, with escapes.</summary>
/// <remarks>Optimized for speed: searches and counts skip millions of records that do not match. Measured by the benchmark read-back.</remarks>
internal readonly ref struct RecordView(RecordSyntax syntax)
{
    /// <summary>The value of <see cref="LocalTicks"/> if the record states its time in UTC.</summary>
    public const long NoLocalTime = -1;

    public RecordSyntax Syntax => syntax;

    /// <summary>The bytes in which all texts of the record lie.</summary>
    public ReadOnlySpan<byte> Text { get; init; }

    /// <summary>The time of the event, in ticks of UTC.</summary>
    public long UtcTicks { get; init; }

    /// <summary>The local time as it was written, in ticks.</summary>
    public long LocalTicks { get; init; }

    public ReadOnlySpan<byte> Address { get; init; }

    public ReadOnlySpan<byte> Login { get; init; }

    public ReadOnlySpan<byte> Id { get; init; }

    /// <summary>Login and id with what is written between them: equal bytes are equal actors.</summary>
    public ReadOnlySpan<byte> Actor { get; init; }

    /// <summary>The function, if the layout has a place of its own for it.</summary>
    public ReadOnlySpan<byte> FunctionName { get; init; }

    /// <summary>Whether <see cref="FunctionName"/> was written.</summary>
    public bool NamesFunction { get; init; }

    /// <summary>The fields as they were written.</summary>
    public ReadOnlySpan<byte> FieldBytes { get; init; }

    public bool HasFields { get; init; }

    /// <summary>The length of the record's line ends: 2 if a tool turned each LF into CR LF.</summary>
    public int LineEndLength { get; init; }

    /// <summary>Whether reading it has already shown that it is not sound.</summary>
    public bool IsUnsound { get; init; }

    /// <summary>The fields in order.</summary>
    public RecordFields Fields => new(syntax, this);

    /// <summary>Whether it consists only of what a writer produces.</summary>
    public bool IsSound() => !IsUnsound && syntax.IsSound(this);

    /// <summary>Decodes a text of the record.</summary>
    public string ReadText(ReadOnlySpan<byte> text) => syntax.ReadText(text, LineEndLength);

    /// <summary>Finds the value, as written, of the first field with a name.</summary>
    public bool TryFindValue(ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        for (RecordFields fields = Fields; fields.MoveNext();)
        {
            if (!IsNamed(fields.Name, name)) continue;
            value = fields.Value;
            return true;
        }
        value = default;
        return false;
    }

    private bool IsNamed(ReadOnlySpan<byte> written, ReadOnlySpan<byte> name) =>
        written.SequenceEqual(name) || (written.Contains((byte)'\\') && Encoding.UTF8.GetBytes(ReadText(written)).AsSpan().SequenceEqual(name));
}

/// <summary>Enumerates the fields of one record in place.</summary>
internal ref struct RecordFields(RecordSyntax syntax, scoped in RecordView view)
{
    public ReadOnlySpan<byte> Bytes { get; } = view.FieldBytes;

    public int LineEndLength { get; } = view.LineEndLength;

    /// <summary>The name as written; empty for a first line that is not a field.</summary>
    public ReadOnlySpan<byte> Name { get; set; }

    /// <summary>The value as written, including continuation lines.</summary>
    public ReadOnlySpan<byte> Value { get; set; }

    /// <summary>Where the next field starts; -1 if there is none.</summary>
    public int Next { get; set; } = view.HasFields ? 0 : -1;

    /// <summary>The length of the next field's name, for a syntax that finds it with the end of the previous field.</summary>
    public int NextNameLength { get; set; }

    public bool MoveNext() => Next >= 0 && syntax.MoveNext(ref this);
}
