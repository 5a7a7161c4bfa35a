namespace Newsroom.Api;

/// <summary>A key with which a program acts for an account. Only its digest is stored.</summary>
internal sealed class ApiKey
{
    public long Id { get; set; }

    public string Name { get; set; } = "";

    public long AccountId { get; set; }

    public string Digest { get; set; } = "";

    public bool IsRevoked { get; set; }
}
