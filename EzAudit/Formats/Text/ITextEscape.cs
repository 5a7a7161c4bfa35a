using System.Buffers;

namespace EzAudit.Formats.Text;

/// <summary>What must be escaped in a text of one kind, and how. A struct implements it: then each kind has machine code of its own.</summary>
internal interface ITextEscape
{
    /// <summary>The ASCII characters that stand for themselves.</summary>
    static abstract SearchValues<char> Clean { get; }

    /// <summary>The one character that is not clean though <see cref="PlainAscii"/> takes it for plain; <see langword="null"/> where there are more.</summary>
    static abstract char? NotPlain { get; }

    /// <summary>Whether a character beyond ASCII must be escaped; for halves of surrogate pairs it is not asked.</summary>
    static abstract bool MustEscape(char c);

    /// <summary>Writes what stands for the character at a place, and returns how many characters that was.</summary>
    static abstract int WriteEscape(ref Utf8Output output, scoped ReadOnlySpan<char> text, int at);
}
