namespace EzAudit.Benchmarks.Entities;

/// <summary>A typical row of an application.</summary>
internal sealed class Customer
{
    public int Id { get; set; }

    public string Name { get; set; } = "";

    public string Street { get; set; } = "";

    public string City { get; set; } = "";

    public string Email { get; set; } = "";

    public decimal Balance { get; set; }

    public int Orders { get; set; }

    public DateTime Since { get; set; }
}
