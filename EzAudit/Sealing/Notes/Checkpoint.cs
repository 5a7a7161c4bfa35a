using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using EzAudit.Sealing.Tree;

namespace EzAudit.Sealing.Notes;

/// <summary>The state of a tree at one size, as C2SP's tlog-checkpoint writes it into a note.</summary>
/// <param name="Origin">Names the ledger, and its keys.</param>
/// <param name="Size">The number of leaves.</param>
/// <param name="Root">The root of the tree of so many leaves.</param>
internal sealed record Checkpoint(string Origin, long Size, TreeHash Root)
{
    /// <summary>The text that is signed: three lines, each with its newline.</summary>
    public string Text => string.Create(CultureInfo.InvariantCulture, $"{Origin}\n{Size}\n{Root}\n");

    /// <summary>Reads the three values from their texts.</summary>
    /// <param name="fields">Origin, size and root, in this order.</param>
    /// <param name="checkpoint">The checkpoint, if the result is <see langword="true"/>.</param>
    /// <param name="problem">What is wrong, if the result is <see langword="false"/>.</param>
    public static bool TryParse(ReadOnlySpan<string> fields, [NotNullWhen(true)] out Checkpoint? checkpoint, [NotNullWhen(false)] out string? problem)
    {
        checkpoint = null;
        problem = null;
        if (fields is not [string origin, string sizeText, string rootText]) problem = "a checkpoint has an origin, a size and a root";
        else if (!NoteText.IsName(origin)) problem = $"the origin '{origin}' is empty, or contains white space, a control character or '+'";
        else if (!NoteText.TryParseNumber(sizeText, out long size)) problem = $"the size '{sizeText}' is not a decimal number without leading zeros";
        else if (!TreeHash.TryParse(rootText, out TreeHash root)) problem = $"the root '{rootText}' is not canonical base64 of {TreeHash.Length} bytes";
        else checkpoint = new Checkpoint(origin, size, root);
        return checkpoint is not null;
    }
}
