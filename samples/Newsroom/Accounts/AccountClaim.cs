namespace Newsroom.Accounts;

/// <summary>A claim of an account; with the type <see cref="Permissions.ClaimType"/> it is a permission.</summary>
internal sealed class AccountClaim
{
    public long Id { get; set; }

    public long AccountId { get; set; }

    public string Type { get; set; } = "";

    public string Value { get; set; } = "";
}
