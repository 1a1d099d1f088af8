using GraphQL.Execution;
using GraphQL.Types;
using GraphQLParser.AST;

namespace Cms.GraphQL.Execution;

/// <summary>
/// An object in a response. Most of its fields are plain values of its row and are stored in an array. Only fields that
/// must be resolved are nodes, and <see cref="ObjectExecutionNode.SubFields" /> contains only these.
/// </summary>
internal sealed class RowNode(
    ExecutionNode parent,
    IGraphType type,
    GraphQLField field,
    FieldType definition,
    int? indexInParentNode
) : ObjectExecutionNode(parent, type, field, definition, indexInParentNode)
{
    /// <summary>The selected fields; empty until the row has been read.</summary>
    public ShownField[] Shown { get; set; } = [];

    /// <summary>For each field, the value to write, or the node that resolves it.</summary>
    public object?[] Values { get; set; } = [];
}
