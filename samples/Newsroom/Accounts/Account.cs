namespace Newsroom.Accounts;

/// <summary>An account that can sign in.</summary>
internal sealed class Account
{
    public long Id { get; set; }

    public string Login { get; set; } = "";

    public string NormalizedLogin { get; set; } = "";

    public string FullName { get; set; } = "";

    public string? Email { get; set; }

    public string? NormalizedEmail { get; set; }

    public bool IsEmailConfirmed { get; set; }

    public string? PasswordHash { get; set; }

    /// <summary>Changes with the password or a second factor; sessions and tokens issued before are then invalid.</summary>
    public string SecurityStamp { get; set; } = "";

    public string ConcurrencyStamp { get; set; } = "";

    public bool CanBeLockedOut { get; set; } = true;

    public DateTimeOffset? LockedOutUntil { get; set; }

    public int FailedAttempts { get; set; }

    public bool HasTwoFactors { get; set; }

    public string? AuthenticatorKey { get; set; }

    /// <summary>The unused recovery codes, separated by spaces.</summary>
    public string RecoveryCodes { get; set; } = "";
}
