namespace Newsroom.Projects;

/// <summary>An account in a project.</summary>
internal sealed class ProjectMember
{
    public long ProjectId { get; set; }

    public long AccountId { get; set; }

    /// <summary>What it may do there, joined by blanks.</summary>
    public string Permissions { get; set; } = "";
}
