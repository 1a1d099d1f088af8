using System.Collections;
using System.Diagnostics.CodeAnalysis;
using Cms.GraphQL.Types;
using GraphQL.DataLoader;
using GraphQL.Execution;
using GraphQL.Types;
using GraphQLParser.AST;

namespace Cms.GraphQL.Execution;

/// <summary>
/// Executes one query. Most fields of a response are plain values of a row and are read when their object is created.
/// The list of an object's fields is computed once for each selection set. All other fields run level by level. Loaders
/// run when nothing else is left to run, so that each batch has all its keys.
/// </summary>
internal class QueryStrategy : ExecutionStrategy
{
    private readonly Lock _gate = new();
    private readonly Queue<ExecutionNode> _pending = [];
    private readonly Queue<ExecutionNode> _loading = [];
    private readonly Dictionary<(GraphQLSelectionSet Selection, IGraphType Type), ShownFields> _shown = [];

    public override async Task ExecuteNodeTreeAsync(ExecutionContext context, ExecutionNode rootNode)
    {
        List<Task> running = [];
        List<ExecutionNode> nodes = [];
        try
        {
            while (true)
            {
                while (TryTake(_pending, out var node))
                {
                    Start(ExecuteNodeAsync(context, node), node);
                    if (running is [.., { IsFaulted: true }])
                    {
                        // The whole operation has failed, so no other field is started.
                        break;
                    }
                }

                if (running.Count == 0)
                {
                    if (!TryTake(_loading, out var loading))
                    {
                        return;
                    }

                    do
                    {
                        Start(CompleteDataLoaderNodeAsync(context, loading), loading);
                    } while (TryTake(_loading, out loading));
                }

                await Task.WhenAll(running);
                nodes.ForEach(Settle);
                running.Clear();
                nodes.Clear();
            }
        }
        finally
        {
            // If the request ends early, wait for the fields that are still running.
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

    protected override ExecutionNode BuildExecutionNode(
        ExecutionNode parent,
        IGraphType graphType,
        GraphQLField field,
        FieldType fieldDefinition,
        int? indexInParentNode = null
    ) =>
        (graphType is NonNullGraphType required ? required.ResolvedType : graphType)
            is IGraphType
                and (IObjectGraphType or IAbstractGraphType)
                and var type
            ? new RowNode(parent, type, field, fieldDefinition, indexInParentNode)
            : base.BuildExecutionNode(parent, graphType, field, fieldDefinition, indexInParentNode);

    protected override void SetSubFieldNodes(ExecutionContext context, ObjectExecutionNode parent)
    {
        var type = parent.GetObjectGraphType(context.Schema) ?? parent.GraphType;
        var shown = Shown(context, type, parent.SelectionSet!);
        if (parent is RowNode row)
        {
            Read(context, row, type, shown);
            return;
        }

        var nodes = new ExecutionNode[shown.Fields.Length];
        for (var i = 0; i < nodes.Length; i++)
        {
            nodes[i] = Resolve(parent, shown.Fields[i]);
        }

        parent.SubFields = nodes;
    }

    private void Read(ExecutionContext context, RowNode row, IGraphType type, ShownFields shown)
    {
        var fields = shown.Fields;
        var values = new object?[fields.Length];
        var nodes = shown.Resolved == 0 ? [] : new ExecutionNode[shown.Resolved];
        var resolved = 0;
        for (var i = 0; i < fields.Length; i++)
        {
            var field = fields[i];
            if (field.IsPlain && TryRead(context, row.Result!, type, field, out values[i]))
            {
                continue;
            }

            if (resolved == nodes.Length)
            {
                Array.Resize(ref nodes, resolved + 1);
            }

            values[i] = nodes[resolved++] = Resolve(row, field);
        }

        (row.Shown, row.Values, row.SubFields) = (fields, values, nodes);
    }

    /// <summary>Removes and returns the pending nodes, so that they can be started one by one.</summary>
    protected IReadOnlyList<ExecutionNode> TakePending()
    {
        ExecutionNode[] taken = [.. _pending];
        _pending.Clear();
        return taken;
    }

    /// <summary>Adds a node to the pending nodes.</summary>
    protected void Begin(ExecutionNode node) => Await(_pending, node);

    private ExecutionNode Resolve(ExecutionNode parent, ShownField field)
    {
        var node = BuildExecutionNode(parent, field.Definition.ResolvedType!, field.Field, field.Definition);
        Await(_pending, node);
        return node;
    }

    protected override async Task SetArrayItemNodesAsync(ExecutionContext context, ArrayExecutionNode parent)
    {
        if (parent.Result is IList rows && Item(parent) is IObjectGraphType type && IsWhole(rows))
        {
            var items = new List<ExecutionNode>(rows.Count);
            for (var i = 0; i < rows.Count; i++)
            {
                var node = new RowNode(parent, type, parent.Field!, parent.FieldDefinition!, i) { Result = rows[i] };
                SetSubFieldNodes(context, node);
                items.Add(node);
            }

            parent.Items = items;
            return;
        }

        await base.SetArrayItemNodesAsync(context, parent);
        foreach (var item in parent.Items ?? [])
        {
            Settle(item);
        }
    }

    private static IGraphType? Item(ArrayExecutionNode list) =>
        ((ListGraphType)list.GraphType).ResolvedType is NonNullGraphType required ? required.ResolvedType : null;

    // Returns whether every row is loaded and not null.
    private static bool IsWhole(IList rows)
    {
        for (var i = 0; i < rows.Count; i++)
        {
            if (rows[i] is null or IDataLoaderResult)
            {
                return false;
            }
        }

        return true;
    }

    // The first node of a batch waits for the batch to load. The values of the other nodes are then ready.
    protected override Task CompleteDataLoaderNodeAsync(ExecutionContext context, ExecutionNode node)
    {
        var ready = LoaderResults.Unwrap(node.Result);
        if (ready is IDataLoaderResult)
        {
            return base.CompleteDataLoaderNodeAsync(context, node);
        }

        node.Result = ready;
        return CompleteNodeAsync(context, node);
    }

    private void Settle(ExecutionNode node)
    {
        if (node.Result is IDataLoaderResult)
        {
            Await(_loading, node);
        }
    }

    // The lock is needed because fields that resolve concurrently add their children concurrently.
    private void Await(Queue<ExecutionNode> queue, ExecutionNode node)
    {
        lock (_gate)
        {
            queue.Enqueue(node);
        }
    }

    // The lock is needed because a running field can add its children on another thread while the next node is taken.
    private bool TryTake(Queue<ExecutionNode> queue, [NotNullWhen(true)] out ExecutionNode? node)
    {
        lock (_gate)
        {
            return queue.TryDequeue(out node);
        }
    }

    private ShownFields Shown(ExecutionContext context, IGraphType type, GraphQLSelectionSet selection)
    {
        var isSame = context.DirectiveValues is null;
        if (isSame && ShownFields.Find(selection, type) is { } known)
        {
            return known;
        }

        lock (_gate)
        {
            if (_shown.TryGetValue((selection, type), out var shown))
            {
                return shown;
            }

            shown = new ShownFields(
                type,
                [
                    .. CollectFieldsFrom(context, type, selection, null)
                        .Values.Select(x => ShownField.Of(x.field, x.fieldType, context.Schema)),
                ]
            );
            _shown.Add((selection, type), shown);
            if (isSame)
            {
                shown.Add(selection);
            }

            return shown;
        }
    }

    [SuppressMessage(
        "Design",
        "CA1031",
        Justification = "The field is then resolved in the usual way, which reports the exception."
    )]
    private static bool TryRead(
        ExecutionContext context,
        object row,
        IGraphType type,
        ShownField field,
        out object? value
    )
    {
        value = null;
        if (ReferenceEquals(field.Definition, context.Schema.TypeNameMetaFieldType))
        {
            value = type.Name;
            return true;
        }

        try
        {
            if (((CmsField)field.Definition).Read!(row) is not { } read)
            {
                return field.Definition.ResolvedType is not NonNullGraphType;
            }

            value = ShownField.Scalar(field.Definition)!.Serialize(read);
            return value is not null;
        }
        catch (Exception)
        {
            return false;
        }
    }
}
