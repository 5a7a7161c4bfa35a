namespace Newsroom.Projects;

/// <summary>A piece of work that some accounts and groups do together.</summary>
internal sealed class Project
{
    public long Id { get; set; }

    public string Name { get; set; } = "";
}
