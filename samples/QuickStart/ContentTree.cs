namespace QuickStart;

/// <summary>A small content tree in memory.</summary>
internal sealed class ContentTree(params IReadOnlyList<Node> nodes)
{
    private readonly Dictionary<int, Node> _nodes = nodes.ToDictionary(node => node.Id);

    public Node this[int id] => _nodes[id];

    /// <summary>Moves a node below another one and returns the node as it was before.</summary>
    public Node Move(int id, int newParentId)
    {
        Node before = _nodes[id];
        _nodes[id] = before with { ParentId = _nodes[newParentId].Id };
        return before;
    }
}
