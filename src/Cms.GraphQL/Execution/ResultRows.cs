using GraphQL;
using GraphQL.Execution;

namespace Cms.GraphQL.Execution;

/// <summary>The objects in a response.</summary>
public static class ResultRows
{
    /// <summary>Returns what the resolvers returned for each object in a response, outer objects first.</summary>
    public static IEnumerable<object> Of(ExecutionResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return result is { Executed: true, Data: ExecutionNode root } ? Of(root) : [];
    }

    private static IEnumerable<object> Of(ExecutionNode root)
    {
        Stack<ExecutionNode> left = new([root]);
        while (left.TryPop(out var node))
        {
            switch (node)
            {
                case ObjectExecutionNode { SubFields: { } fields } parent:
                    if (parent.Result is { } row)
                    {
                        yield return row;
                    }

                    Push(fields);
                    break;
                case ArrayExecutionNode { SerializedResult: null, Items: { } items }:
                    Push(items);
                    break;
            }
        }

        void Push(IEnumerable<ExecutionNode> nodes)
        {
            foreach (var node in nodes.Reverse())
            {
                left.Push(node);
            }
        }
    }
}
