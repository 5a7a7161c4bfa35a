namespace Newsroom.Accounts;

/// <summary>An account is in a group.</summary>
internal sealed class Membership
{
    public long AccountId { get; set; }

    public long GroupId { get; set; }
}
