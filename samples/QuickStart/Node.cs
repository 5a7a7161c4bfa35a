namespace QuickStart;

/// <summary>A place in the content tree, and the object at that place.</summary>
internal sealed record Node(int Id, int ParentId, int ObjectId, string Name);
