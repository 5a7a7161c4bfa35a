using EzAudit.Sealing.Notes;

namespace EzAudit.Sealing.Verifying;

/// <summary>Finds the checkpoints in a text: signed notes, and lines that contain the one-line form.</summary>
internal static class AnchorText
{
    private const int NoteLines = 5;

    /// <param name="source">The name of the text in findings.</param>
    /// <param name="text">The text.</param>
    /// <returns>The checkpoints; one that is <see langword="null"/> if there are none, which is a finding.</returns>
    public static IReadOnlyList<(string Source, SignedCheckpoint? Checkpoint)> Find(string source, string text)
    {
        string[] lines = text.Split('\n');
        var found = new List<(string, SignedCheckpoint?)>();
        for (int i = 0; i < lines.Length;)
        {
            string note = i + NoteLines <= lines.Length ? string.Join('\n', lines[i..(i + NoteLines)]) + "\n" : "";
            bool isNote = SignedCheckpoint.TryParse(note, out SignedCheckpoint? checkpoint, out _);
            if (isNote || SignedCheckpoint.TryParseLine(lines[i], out checkpoint)) found.Add((source, checkpoint));
            i += isNote ? NoteLines : 1;
        }
        if (found.Count == 0) found.Add((source, null));
        return found;
    }
}
