using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using EzAudit.Sealing.Keys;
using EzAudit.Sealing.Ledger;
using EzAudit.Sealing.Notes;

namespace EzAudit.Tests.Sealing;

/// <summary>An attacker who changes a record, and the ledger so that it fits.</summary>
/// <param name="site">What is attacked. Its writers are closed, and its ledger has one segment without hints.</param>
/// <param name="key">The key that the attacker has; <see langword="null"/> for none.</param>
internal sealed class Forger(SealedSite site, PrivateKey? key)
{
    private const int CheckpointLines = 5;

    private readonly LedgerState _state = new();
    private readonly StringBuilder _ledger = new();
    private readonly string _path = site.PathOf("ledger/000001.ezl");
    private string? _note;

    /// <summary>Whether the attacker also puts his own key in place of those that are announced later.</summary>
    public bool ReplacesKeys { get; init; }

    /// <summary>The key that is on the machine now.</summary>
    public static PrivateKey KeyOf(SealedSite site) => KeyText.TryParse(File.ReadAllBytes(site.Root["keys/seal.key"]), out string problem) ?? throw new InvalidDataException(problem);

    /// <summary>Changes a byte of the log file and the digest of its extent, and signs every later checkpoint again.</summary>
    public void Change(int offset)
    {
        byte[] log = File.ReadAllBytes(site.PathOf("login.log"));
        log[offset] ^= 1;
        File.WriteAllBytes(site.PathOf("login.log"), log);
        Rewrite(line => ReplacesKeys && _note is not null && line.StartsWith("k ", StringComparison.Ordinal) ? WithKey(line) : WithDigest(line, log, offset));
    }

    /// <summary>Adds a leaf and a checkpoint.</summary>
    public void Continue()
    {
        Rewrite(line => line);
        Add(string.Create(CultureInfo.InvariantCulture, $"n {_state.Tree.Size} {TimeOf(site)}\n"));
        Sign();
        Save();
    }

    private static long TimeOf(SealedSite site) => (site.Clock.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    private void Rewrite(Func<string, string> change)
    {
        string[] lines = [.. File.ReadLines(_path).Select(line => line + "\n")];
        bool isChanged = false;
        for (int i = 0; i < lines.Length; i++)
        {
            bool isCheckpoint = lines[i].StartsWith("c ", StringComparison.Ordinal);
            if (isCheckpoint && isChanged && key is not null) Sign();
            else if (isCheckpoint) _ledger.AppendJoin("", lines[i..(i + CheckpointLines)]);
            if (isCheckpoint) i += CheckpointLines - 1;
            else
            {
                string changed = change(lines[i]);
                isChanged |= changed != lines[i];
                Add(changed);
            }
        }
        Save();
    }

    private void Add(string line)
    {
        if (LedgerLine.TryParse(Encoding.UTF8.GetBytes(line), out LedgerLine leaf)) _state.Add(leaf);
        _ledger.Append(line);
    }

    private void Sign()
    {
        var checkpoint = new Checkpoint(key!.Public.Key.Name, _state.Tree.Size, _state.Tree.Root);
        _note = SignedCheckpoint.Of(checkpoint, key.Public.Key, key.Sign(Encoding.UTF8.GetBytes(checkpoint.Text))).Note;
        foreach (string line in _note.Split('\n')[..CheckpointLines]) _ledger.Append(CultureInfo.InvariantCulture, $"c {line}\n");
    }

    private void Save()
    {
        File.WriteAllText(_path, _ledger.ToString());
        if (_note is not null) File.WriteAllText(site.PathOf("ledger/checkpoint"), _note);
    }

    private string WithKey(string line) => $"{line[..(line.LastIndexOf(' ') + 1)]}{key!.Public.Key}\n";

    private static string WithDigest(string line, byte[] log, int offset)
    {
        if (!LedgerLine.TryParse(Encoding.UTF8.GetBytes(line), out LedgerLine leaf) || !leaf.IsExtent || leaf.Offset > offset || leaf.End <= offset) return line;
        byte[] salt = new byte[16];
        leaf.CopySalt(salt);
        byte[] digest = SHA256.HashData([.. salt, .. log[(int)leaf.Offset..(int)leaf.End]]);
        return $"{line[..(line.LastIndexOf(' ') + 1)]}{Convert.ToBase64String(digest)}\n";
    }
}
