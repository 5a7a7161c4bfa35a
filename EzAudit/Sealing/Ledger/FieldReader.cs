using System.Buffers.Text;

namespace EzAudit.Sealing.Ledger;

/// <summary>Reads the fields of a line of the ledger, which are separated by one space each.</summary>
internal ref struct FieldReader(ReadOnlySpan<byte> line)
{
    private readonly ReadOnlySpan<byte> _line = line;
    private int _next;

    /// <summary>Where the next field begins.</summary>
    public readonly int Position => _next;

    /// <summary>Whether all fields are read.</summary>
    public readonly bool IsAtEnd => _next > _line.Length;

    /// <summary>Reads the next field; false if there is none, or it is empty.</summary>
    public bool TryField(out ReadOnlySpan<byte> field)
    {
        field = default;
        if (IsAtEnd) return false;
        int length = _line[_next..].IndexOf((byte)' ');
        field = length < 0 ? _line[_next..] : _line.Slice(_next, length);
        _next += field.Length + 1;
        return !field.IsEmpty;
    }

    /// <summary>Reads a decimal number without sign or leading zeros.</summary>
    public bool TryNumber(out long number)
    {
        number = 0;
        if (!TryField(out ReadOnlySpan<byte> field)) return false;
        if (field[0] is < (byte)'0' or > (byte)'9' || (field[0] == (byte)'0' && field.Length > 1)) return false;
        return Utf8Parser.TryParse(field, out number, out int read) && read == field.Length;
    }

    /// <summary>Everything after the fields read so far, spaces included.</summary>
    public ReadOnlySpan<byte> Rest()
    {
        ReadOnlySpan<byte> rest = IsAtEnd ? default : _line[_next..];
        _next = _line.Length + 1;
        return rest;
    }
}
