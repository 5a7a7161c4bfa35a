namespace Newsroom.Site;

/// <summary>A setting of the site that an administrator can change.</summary>
internal sealed class Setting
{
    public string Name { get; set; } = "";

    public string Value { get; set; } = "";
}
