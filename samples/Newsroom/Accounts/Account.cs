namespace Newsroom.Accounts;

/// <summary>Someone who can sign in.</summary>
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

    /// <summary>Changes when a password or a factor does; what was issued before is worth nothing then.</summary>
    public string SecurityStamp { get; set; } = "";

    public string ConcurrencyStamp { get; set; } = "";

    public bool CanBeLockedOut { get; set; } = true;

    public DateTimeOffset? LockedOutUntil { get; set; }

    public int FailedAttempts { get; set; }

    public bool HasTwoFactors { get; set; }

    public string? AuthenticatorKey { get; set; }

    /// <summary>The codes that are left, joined by blanks.</summary>
    public string RecoveryCodes { get; set; } = "";
}
