using System.Diagnostics.CodeAnalysis;
using Cms.Api.Types;
using GraphQL.DataLoader;
using GraphQL.Execution;
using GraphQL.Types;
using GraphQLParser.AST;

namespace Cms.Api.Execution;

/// <summary>
/// Executes one query. Most fields of an answer are plain values of a row: they are read where their object is made,
/// and which fields an object shows is found once for each selection. All others run level by level, and loaders when
/// nothing else is left to run, so that each has all its keys.
/// </summary>
internal sealed class QueryStrategy : ExecutionStrategy
{
    private readonly Lock _gate = new();
    private readonly Queue<ExecutionNode> _pending = [];
    private readonly Queue<ExecutionNode> _loading = [];
    private readonly Dictionary<
        (GraphQLSelectionSet Selection, IGraphType Type),
        (GraphQLField Field, FieldType Definition)[]
    > _collected = [];

    public override async Task ExecuteNodeTreeAsync(GraphQL.Execution.ExecutionContext context, ExecutionNode rootNode)
    {
        List<Task> running = [];
        List<ExecutionNode> nodes = [];
        try
        {
            while (true)
            {
                while (_pending.TryDequeue(out var node))
                {
                    Start(ExecuteNodeAsync(context, node), node);
                }

                if (running.Count == 0)
                {
                    if (_loading.Count == 0)
                    {
                        return;
                    }

                    while (_loading.TryDequeue(out var node))
                    {
                        Start(CompleteDataLoaderNodeAsync(context, node), node);
                    }
                }

                await Task.WhenAll(running);
                nodes.ForEach(Settle);
                running.Clear();
                nodes.Clear();
            }
        }
        finally
        {
            // A request that ends early leaves nothing running behind.
            await Task.WhenAll(running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        void Start(Task task, ExecutionNode node)
        {
            if (task.IsCompletedSuccessfully)
            {
                Settle(node);
            }
            else
            {
                running.Add(task);
                nodes.Add(node);
            }
        }
    }

    protected override void SetSubFieldNodes(GraphQL.Execution.ExecutionContext context, ObjectExecutionNode parent)
    {
        var type = parent.GetObjectGraphType(context.Schema) ?? parent.GraphType;
        var fields = Collected(context, type, parent.SelectionSet);
        var nodes = new ExecutionNode[fields.Length];
        for (var i = 0; i < fields.Length; i++)
        {
            var (field, definition) = fields[i];
            var node = nodes[i] = BuildExecutionNode(parent, definition.ResolvedType!, field, definition);
            if (!IsRead(context, node, type))
            {
                Await(_pending, node);
            }
        }

        parent.SubFields = nodes;
    }

    protected override async Task SetArrayItemNodesAsync(
        GraphQL.Execution.ExecutionContext context,
        ArrayExecutionNode parent
    )
    {
        await base.SetArrayItemNodesAsync(context, parent);
        foreach (var item in parent.Items ?? [])
        {
            Settle(item);
        }
    }

    private void Settle(ExecutionNode node)
    {
        if (node.Result is IDataLoaderResult)
        {
            Await(_loading, node);
        }
    }

    // Fields that resolve at the same time find their children at the same time.
    private void Await(Queue<ExecutionNode> queue, ExecutionNode node)
    {
        lock (_gate)
        {
            queue.Enqueue(node);
        }
    }

    private (GraphQLField Field, FieldType Definition)[] Collected(
        GraphQL.Execution.ExecutionContext context,
        IGraphType type,
        GraphQLSelectionSet? selection
    )
    {
        lock (_gate)
        {
            if (!_collected.TryGetValue((selection!, type), out var fields))
            {
                fields = [.. CollectFieldsFrom(context, type, selection!, null).Values];
                _collected.Add((selection!, type), fields);
            }

            return fields;
        }
    }

    [SuppressMessage(
        "Design",
        "CA1031",
        Justification = "The field is resolved again the long way, which reports what it throws."
    )]
    private static bool IsRead(GraphQL.Execution.ExecutionContext context, ExecutionNode node, IGraphType type)
    {
        if (node is not ValueExecutionNode leaf)
        {
            return false;
        }

        if (ReferenceEquals(leaf.FieldDefinition, context.Schema.TypeNameMetaFieldType))
        {
            leaf.Result = type.Name;
            return true;
        }

        if (leaf is not { FieldDefinition: CmsField { Read: { } read }, Parent.Result: { } row })
        {
            return false;
        }

        try
        {
            if (read(row) is not { } value)
            {
                return leaf.FieldDefinition.ResolvedType is not NonNullGraphType;
            }

            leaf.Result = ((ScalarGraphType)leaf.GraphType).Serialize(value);
            return leaf.Result is not null;
        }
        catch (Exception)
        {
            leaf.Result = null;
            return false;
        }
    }
}
