using EzAudit.Storage;

namespace EzAudit.Sealing.Keys;

/// <summary>A key file as it was found, with the private key if it is intact.</summary>
internal sealed class KeyFile : IDisposable
{
    private readonly KeyState _state;
    private readonly string _problem;

    private KeyFile(KeyState state, PrivateKey? key, string problem)
    {
        _state = state;
        Key = key;
        _problem = problem;
    }

    public PrivateKey? Key { get; }

    public bool IsUnreadable => _state == KeyState.Unreadable;

    /// <summary>What was found, not compared with any ledger.</summary>
    public KeyFinding Finding => new(_state, Key?.Public, _problem);

    /// <summary>Reads a key file; an empty one counts as missing.</summary>
    public static KeyFile Read(ILogDirectory directory, string name)
    {
        string path = Path.Combine(directory.Path, name);
        try
        {
            using IReadFile? file = directory.OpenRead(name);
            if (file?.Identify().Length is not > 0) return new KeyFile(KeyState.Missing, null, $"{path}: does not exist");
            using var text = new SecretBytes(KeyText.MaxLength + 1);
            int length = file.Read(text.Span, 0);
            string problem = $"it has more than {KeyText.MaxLength} bytes";
            PrivateKey? key = length > KeyText.MaxLength ? null : KeyText.TryParse(text.Span[..length], out problem);
            return key is null ? new KeyFile(KeyState.Damaged, null, $"{path}: the key file is damaged: {problem}") : new KeyFile(KeyState.Ready, key, "");
        }
        catch (StorageException failure)
        {
            return new KeyFile(KeyState.Unreadable, null, failure.Message);
        }
    }

    /// <summary>Writes a new file, and syncs it and its directory.</summary>
    public static void Create(ILogDirectory directory, string name, ReadOnlySpan<byte> bytes)
    {
        using (IAppendFile file = directory.OpenAppend(name))
        {
            // After a short write, the next call says why it was short.
            int done = 0;
            while (done < bytes.Length) done += file.Append(bytes[done..]);
            file.Sync();
        }
        directory.Sync(name);
    }

    /// <summary>Whether it is this key; the ledger knows the epoch better than the file.</summary>
    public bool Holds(EpochKey? ledger) => ledger is not null && ledger.Key.Equals(Key?.Public.Key);

    public void Dispose() => Key?.Dispose();
}
