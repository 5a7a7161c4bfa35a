namespace Newsroom.Projects;

/// <summary>A group in a project.</summary>
internal sealed class ProjectGroup
{
    public long ProjectId { get; set; }

    public long GroupId { get; set; }

    /// <summary>Its permissions in the project, separated by spaces.</summary>
    public string Permissions { get; set; } = "";
}
