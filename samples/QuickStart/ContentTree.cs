namespace QuickStart;

/// <summary>A small tree of content, in memory.</summary>
internal sealed class ContentTree(params IReadOnlyList<Node> nodes)
{
    private readonly Dictionary<int, Node> _nodes = nodes.ToDictionary(node => node.Id);

    public Node this[int id] => _nodes[id];

    /// <summary>Moves a node below another one and returns it as it was.</summary>
    public Node Move(int id, int newParentId)
    {
        Node before = _nodes[id];
        _nodes[id] = before with { ParentId = _nodes[newParentId].Id };
        return before;
    }
}
