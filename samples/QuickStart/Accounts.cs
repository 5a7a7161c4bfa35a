using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace QuickStart;

/// <summary>The application's users and their passwords, as salted PBKDF2 hashes.</summary>
internal sealed class Accounts
{
    private const int Iterations = 600_000;
    private const int HashBytes = 32;

    private readonly Dictionary<string, Account> _accounts = new(StringComparer.Ordinal);

    public void Add(int id, string login, string password)
    {
        byte[] salt = RandomNumberGenerator.GetBytes(16);
        _accounts.Add(login, new Account(id, login, salt, Hash(password, salt)));
    }

    public bool TrySignIn(string login, string password, [NotNullWhen(true)] out Account? account)
    {
        account = null;
        if (!_accounts.TryGetValue(login, out Account? known)) return false;
        if (!CryptographicOperations.FixedTimeEquals(Hash(password, known.Salt), known.PasswordHash)) return false;
        account = known;
        return true;
    }

    private static byte[] Hash(string password, byte[] salt) =>
        Rfc2898DeriveBytes.Pbkdf2(password, salt, Iterations, HashAlgorithmName.SHA256, HashBytes);
}
