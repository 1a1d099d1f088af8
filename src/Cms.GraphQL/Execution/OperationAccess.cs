using System.Runtime.CompilerServices;
using Cms.GraphQL.Types;
using GraphQLParser.AST;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.GraphQL.Execution;

/// <summary>
/// Rejects a whole operation before it runs if the caller is not allowed to select one of its fields. Whether an
/// operation has guarded fields is determined once. The caller is checked on each request.
/// </summary>
/// <param name="policies">Decides which callers may select a guarded field.</param>
/// <param name="anonymousIntrospection">Whether callers may use introspection without signing in.</param>
internal sealed class OperationAccess(IPolicies policies, bool anonymousIntrospection)
{
    // Parsed documents are cached. Most have no guarded fields, so they are not checked again.
    private readonly ConditionalWeakTable<GraphQLOperationDefinition, StrongBox<bool>> _isGuarded = [];

    /// <exception cref="RequestError">The caller is not allowed to select one of the fields.</exception>
    public void Check(ExecutionContext context)
    {
        if (!_isGuarded.TryGetValue(context.Operation, out var isGuarded))
        {
            isGuarded = new(IsGuarded(new SelectionWalker(context.Document, context.Schema).Of(context.Operation)));
            _isGuarded.AddOrUpdate(context.Operation, isGuarded);
        }

        if (!isGuarded.Value)
        {
            return;
        }

        var walker = new SelectionWalker(context.Document, context.Schema, context.DirectiveValues);
        Check(walker.Of(context.Operation), context.RequestServices!.GetRequiredService<CurrentCaller>().Value);
    }

    private bool IsGuarded(Selections selections)
    {
        foreach (var selection in selections)
        {
            if (selection.Definition?.Policy is not null || IsSchema(selection) || IsGuarded(selection.Below))
            {
                return true;
            }
        }

        return false;
    }

    private void Check(Selections selections, ICaller caller)
    {
        foreach (var selection in selections)
        {
            if (Refusal(selection, caller) is { } refusal)
            {
                throw refusal;
            }

            Check(selection.Below, caller);
        }
    }

    private RequestError? Refusal(Selection selection, ICaller caller) =>
        selection.Definition is { } definition ? definition.Policy?.Refusal(caller, policies, definition.Name)
        : IsSchema(selection) && !caller.IsSignedIn
            ? FieldPolicy.Refusal(caller, selection.Field!.Name.StringValue, "Only for signed-in callers.")
        : null;

    // Introspection requires only that the caller is signed in.
    private bool IsSchema(Selection selection) =>
        !anonymousIntrospection && selection is { Definition: null, Field.Name.StringValue: "__schema" or "__type" };
}
