namespace Newsroom.Accounts;

/// <summary>What is said of an account; of the type <see cref="Permissions.ClaimType"/>: what it may do.</summary>
internal sealed class AccountClaim
{
    public long Id { get; set; }

    public long AccountId { get; set; }

    public string Type { get; set; } = "";

    public string Value { get; set; } = "";
}
