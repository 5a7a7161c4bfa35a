using System.Text;
using EzAudit.Sealing.Notes;
using EzAudit.Storage;

namespace EzAudit.Sealing.Keys;

/// <summary>The file beside the keys with the verification key of epoch 0. A convenience: whoever can write the keys can write it too.</summary>
internal sealed class VerificationKeyFile(ILogDirectory directory, string stem)
{
    private readonly string _name = $"{stem}.vkey";
    private readonly string _next = $"{stem}.vkey.next";

    public void Write(VerificationKey key)
    {
        Remove(_next);
        KeyFile.Create(directory, _next, Encoding.UTF8.GetBytes($"{key}\n"));
        Remove(_name);
        directory.Rename(_next, _name);
        directory.Sync(_name);
    }

    private void Remove(string name)
    {
        if (directory.Identify(name) is not null) directory.Delete(name);
    }
}
