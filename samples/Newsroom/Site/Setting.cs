namespace Newsroom.Site;

/// <summary>A site setting that an administrator can change.</summary>
internal sealed class Setting
{
    public string Name { get; set; } = "";

    public string Value { get; set; } = "";
}
