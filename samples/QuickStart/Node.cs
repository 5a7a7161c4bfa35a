namespace QuickStart;

/// <summary>A place in the content tree and the object that stands there.</summary>
internal sealed record Node(int Id, int ParentId, int ObjectId, string Name);
