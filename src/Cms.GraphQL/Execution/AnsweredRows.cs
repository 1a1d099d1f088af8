using GraphQL;
using GraphQL.Execution;

namespace Cms.GraphQL.Execution;

/// <summary>
/// Called with the contents of each answer to a signed-in caller, before the answer is sent. If it throws a
/// <see cref="RequestError" />, the caller gets the error instead of the answer.
/// </summary>
/// <param name="caller">The caller, as it was admitted.</param>
/// <param name="operation">The name of the operation; null if it has none.</param>
/// <param name="rows">The objects in the answer. They are read only if they are enumerated.</param>
/// <param name="cancellationToken">Cancelled when the client disconnects.</param>
public delegate Task ObserveAnswer(
    ICaller caller,
    string? operation,
    IEnumerable<object> rows,
    CancellationToken cancellationToken
);

/// <summary>Finds the objects that an answer contains, in the tree of executed fields.</summary>
internal static class AnsweredRows
{
    extension(ExecutionResult result)
    {
        /// <summary>The objects from which the answer is made, at every level of nesting.</summary>
        public IEnumerable<object> Rows => result is { Executed: true, Data: ExecutionNode root } ? Of(root) : [];
    }

    private static IEnumerable<object> Of(ExecutionNode root)
    {
        Stack<ExecutionNode> open = new([root]);
        while (open.TryPop(out var node))
        {
            switch (node)
            {
                case RowNode { SubFields: not null } row:
                    foreach (var field in row.SubFields)
                    {
                        open.Push(field);
                    }

                    if (row.Result is { } found)
                    {
                        yield return found;
                    }

                    break;
                case ObjectExecutionNode { SubFields: { } fields }:
                    foreach (var field in fields)
                    {
                        open.Push(field);
                    }

                    break;
                case ArrayExecutionNode { Items: { } items }:
                    foreach (var item in items)
                    {
                        open.Push(item);
                    }

                    break;
                default:
                    break;
            }
        }
    }
}
