namespace Newsroom.Projects;

/// <summary>An account in a project.</summary>
internal sealed class ProjectMember
{
    public long ProjectId { get; set; }

    public long AccountId { get; set; }

    /// <summary>Its permissions in the project, separated by spaces.</summary>
    public string Permissions { get; set; } = "";
}
