using EzAudit.Collector.Letters;
using EzAudit.Extensibility;
using EzAudit.Nats;
using EzAudit.PostgreSql;

namespace EzAudit.Collector;

/// <summary>The dead letters of collectors: what the store refused, and messages that could not be read.</summary>
/// <param name="directory">The directory that collectors were given for them. They may be using it.</param>
public sealed class AuditCollectorLetters(string directory)
{
    private readonly LetterBox _box = new(directory, TimeProvider.System);

    /// <summary>How many letters are in the directory.</summary>
    public long Count => _box.Count;

    /// <summary>Inserts the records into the store, each exactly once, and removes the letters of those that it takes. The others stay.</summary>
    /// <param name="store">The store: a connection string of Npgsql.</param>
    /// <param name="cancellationToken">Cancels the call; no letter is lost.</param>
    /// <returns>How many are in the store now, and why the first of the others is not; <see langword="null"/> if all are.</returns>
    /// <exception cref="PostgreSql.Schema.AuditStoreException">The store cannot be used.</exception>
    public async Task<(long Stored, string? Problem)> RequeueAsync(string store, CancellationToken cancellationToken = default)
    {
        var writer = new AuditStoreWriter(store);
        await using (writer.ConfigureAwait(false))
        {
            long stored = 0;
            string? problem = null;
            foreach (string file in _box.Files)
            {
                if (LetterBox.TryRead(file) is not { } lines) continue;
                (int count, string? found) = await RequeueAsync(file, lines, writer, cancellationToken).ConfigureAwait(false);
                stored += count;
                problem ??= found;
            }
            return (stored, problem);
        }
    }

    private async Task<(int Stored, string? Problem)> RequeueAsync(string file, IReadOnlyList<string> lines, AuditStoreWriter writer, CancellationToken cancellationToken)
    {
        var readable = new List<(string Line, AuditEnvelope Record)>();
        var kept = new List<string>();
        string? problem = null;
        foreach (string line in lines)
        {
            try
            {
                Letter letter = Letter.Parse(line);
                readable.Add((line, AuditStreamMessage.Read(letter.Data, letter.Version)));
            }
            catch (FormatException failure)
            {
                kept.Add(line);
                problem ??= $"{file}: {failure.Message}";
            }
        }
        IReadOnlyList<AuditStoreRefusal> refusals = await writer.InsertAsync([.. readable.Select(letter => letter.Record)], cancellationToken).ConfigureAwait(false);
        kept.AddRange(refusals.Select(refusal => readable[refusal.Index].Line));
        if (kept.Count < lines.Count || lines.Count == 0) _box.Replace(file, kept);
        return (readable.Count - refusals.Count, problem ?? (refusals is [{ } first, ..] ? first.Reason : null));
    }
}
