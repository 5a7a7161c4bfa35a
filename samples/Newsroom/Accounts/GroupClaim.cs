namespace Newsroom.Accounts;

/// <summary>A claim of all accounts in a group.</summary>
internal sealed class GroupClaim
{
    public long Id { get; set; }

    public long GroupId { get; set; }

    public string Type { get; set; } = "";

    public string Value { get; set; } = "";
}
