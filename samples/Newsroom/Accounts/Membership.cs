namespace Newsroom.Accounts;

/// <summary>Assigns an account to a group.</summary>
internal sealed class Membership
{
    public long AccountId { get; set; }

    public long GroupId { get; set; }
}
