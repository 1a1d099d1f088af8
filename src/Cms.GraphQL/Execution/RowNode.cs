using GraphQL.Execution;
using GraphQL.Types;
using GraphQLParser.AST;

namespace Cms.GraphQL.Execution;

/// <summary>
/// An object of an answer. Most of its fields are plain values of its row, kept beside each other; only those that must
/// be resolved are nodes, and <see cref="ObjectExecutionNode.SubFields" /> holds no others.
/// </summary>
internal sealed class RowNode(
    ExecutionNode parent,
    IGraphType type,
    GraphQLField field,
    FieldType definition,
    int? indexInParentNode
) : ObjectExecutionNode(parent, type, field, definition, indexInParentNode)
{
    /// <summary>What it shows; empty until its row is there.</summary>
    public ShownField[] Shown { get; set; } = [];

    /// <summary>For each field what is written, or the node that makes it.</summary>
    public object?[] Values { get; set; } = [];
}
