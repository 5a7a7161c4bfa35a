namespace Newsroom.Accounts;

/// <summary>Accounts that share permissions: Identity's role, eZ Publish's role and group in one.</summary>
internal sealed class Group
{
    public long Id { get; set; }

    public string Name { get; set; } = "";

    public string NormalizedName { get; set; } = "";

    public string ConcurrencyStamp { get; set; } = "";
}
