namespace Newsroom.Projects;

/// <summary>The permissions of a member or group in a project.</summary>
internal static class ProjectPermissions
{
    public static IReadOnlyList<string> All { get; } = ["read", "write", "invite"];

    public static IReadOnlyList<string> Parse(string joined) => joined.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    public static string Join(IEnumerable<string> permissions) => string.Join(' ', All.Where(permissions.Contains));
}
