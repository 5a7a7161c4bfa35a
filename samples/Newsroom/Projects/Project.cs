namespace Newsroom.Projects;

/// <summary>A project that accounts and groups work on together.</summary>
internal sealed class Project
{
    public long Id { get; set; }

    public string Name { get; set; } = "";
}
