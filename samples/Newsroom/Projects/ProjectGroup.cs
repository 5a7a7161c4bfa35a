namespace Newsroom.Projects;

/// <summary>A group in a project.</summary>
internal sealed class ProjectGroup
{
    public long ProjectId { get; set; }

    public long GroupId { get; set; }

    /// <summary>What it may do there, joined by blanks.</summary>
    public string Permissions { get; set; } = "";
}
