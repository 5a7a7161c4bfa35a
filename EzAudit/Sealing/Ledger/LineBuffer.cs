using System.Buffers.Text;
using System.Text;
using EzAudit.Sealing.Notes;
using EzAudit.Sealing.Tree;

namespace EzAudit.Sealing.Ledger;

/// <summary>Lines of the ledger, to be appended with one write. Not thread-safe.</summary>
internal sealed class LineBuffer
{
    private const int MaxKeptBytes = 1 << 16;

    private byte[] _bytes = new byte[1024];
    private int _length;

    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, _length);

    public bool IsEmpty => _length == 0;

    public void Clear()
    {
        _length = 0;
        if (_bytes.Length > MaxKeptBytes) _bytes = new byte[1024];
    }

    /// <summary>Begins a leaf.</summary>
    public LineBuffer Leaf(LeafKind kind, long seq, long time)
    {
        Reserve(1)[0] = (byte)kind;
        _length++;
        return Number(seq).Number(time);
    }

    /// <summary>Begins a line that is not a leaf.</summary>
    public LineBuffer Line(ReadOnlySpan<byte> kind)
    {
        kind.CopyTo(Reserve(kind.Length));
        _length += kind.Length;
        return this;
    }

    public LineBuffer Number(long number)
    {
        Span<byte> space = Reserve(21);
        space[0] = (byte)' ';
        Utf8Formatter.TryFormat(number, space[1..], out int count);
        _length += count + 1;
        return this;
    }

    public LineBuffer Hash(TreeHash hash)
    {
        Span<byte> bytes = stackalloc byte[32];
        hash.CopyTo(bytes);
        return Base64(bytes);
    }

    public LineBuffer Base64(ReadOnlySpan<byte> bytes)
    {
        Span<byte> space = Reserve(1 + System.Buffers.Text.Base64.GetMaxEncodedToUtf8Length(bytes.Length));
        space[0] = (byte)' ';
        System.Buffers.Text.Base64.EncodeToUtf8(bytes, space[1..], out _, out int count);
        _length += count + 1;
        return this;
    }

    /// <summary>Adds a field of text that may contain spaces. Control characters, which could end the line, become question marks, and an empty text a hyphen.</summary>
    public LineBuffer Text(string text)
    {
        text = text.Length == 0 ? "-" : string.Create(text.Length, text, static (characters, text) =>
        {
            for (int i = 0; i < text.Length; i++) characters[i] = text[i] is < ' ' or '\x7f' ? '?' : text[i];
        });
        return Verbatim(text);
    }

    /// <summary>Ends the line.</summary>
    public void End()
    {
        Reserve(1)[0] = (byte)'\n';
        _length++;
    }

    /// <summary>Adds the five lines of a checkpoint.</summary>
    public void Checkpoint(SignedCheckpoint checkpoint)
    {
        foreach (string line in checkpoint.Note.Split('\n')[..5]) Line("c"u8).Verbatim(line).End();
    }

    private LineBuffer Verbatim(string text)
    {
        Span<byte> space = Reserve(1 + Encoding.UTF8.GetMaxByteCount(text.Length));
        space[0] = (byte)' ';
        _length += 1 + Encoding.UTF8.GetBytes(text, space[1..]);
        return this;
    }

    private Span<byte> Reserve(int count)
    {
        if (_bytes.Length - _length < count) Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + count));
        return _bytes.AsSpan(_length);
    }
}
