namespace Newsroom.Api;

/// <summary>A key by which a program acts for an account. Only its digest is kept.</summary>
internal sealed class ApiKey
{
    public long Id { get; set; }

    public string Name { get; set; } = "";

    public long AccountId { get; set; }

    public string Digest { get; set; } = "";

    public bool IsRevoked { get; set; }
}
