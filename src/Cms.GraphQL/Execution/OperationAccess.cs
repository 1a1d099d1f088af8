using System.Runtime.CompilerServices;
using Cms.GraphQL.Types;
using GraphQL;
using GraphQL.Types;
using GraphQLParser.AST;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.GraphQL.Execution;

/// <summary>
/// Refuses an operation whole, before any of it runs, when its viewer may not ask for one of its fields. Which fields
/// an operation guards is looked up once; who asks, each time.
/// </summary>
/// <param name="policies">Decides who may.</param>
/// <param name="anonymousIntrospection">Whether those who have not signed in may ask for the schema.</param>
internal sealed class OperationAccess(IPolicies policies, bool anonymousIntrospection)
{
    // policy: null for the schema itself, which needs no more than a caller who has signed in.
    private readonly record struct Selected(string Name, FieldPolicy? Policy, bool IsSchema = false);

    // Parsed documents are kept; most guard nothing, and are known to.
    private readonly ConditionalWeakTable<GraphQLOperationDefinition, StrongBox<bool>> _isGuarded = [];

    /// <exception cref="RequestError">The viewer may not ask for a selected field.</exception>
    public void Check(ExecutionContext context)
    {
        if (!_isGuarded.TryGetValue(context.Operation, out var isGuarded))
        {
            isGuarded = new(Fields(context, everything: true).Any(field => field.Policy is not null || field.IsSchema));
            _isGuarded.AddOrUpdate(context.Operation, isGuarded);
        }

        if (!isGuarded.Value)
        {
            return;
        }

        var caller = context.RequestServices!.GetRequiredService<CurrentCaller>().Value;
        foreach (var field in Fields(context, everything: false))
        {
            var refusal = field.IsSchema
                ? SchemaRefusal(caller, field.Name)
                : field.Policy?.Refusal(caller, policies, field.Name);
            if (refusal is not null)
            {
                throw refusal;
            }
        }
    }

    private static RequestError? SchemaRefusal(ICaller caller, string field) =>
        caller.IsSignedIn ? null : FieldPolicy.Refusal(caller, field, "Only for those who have signed in.");

    private IEnumerable<Selected> Fields(ExecutionContext context, bool everything) =>
        Fields(
            context,
            context.Operation.SelectionSet,
            context.Operation.Operation switch
            {
                OperationType.Mutation => context.Schema.Mutation,
                OperationType.Subscription => context.Schema.Subscription,
                _ => context.Schema.Query,
            },
            everything
        );

    // everything: what @skip and @include leave out this time too.
    private IEnumerable<Selected> Fields(
        ExecutionContext context,
        GraphQLSelectionSet? selection,
        IGraphType? type,
        bool everything
    )
    {
        foreach (var node in selection?.Selections ?? [])
        {
            if (!everything && IsLeftOut(context, node))
            {
                continue;
            }

            var definition = node is GraphQLField field
                ? (type as IComplexGraphType)?.GetField(field.Name.Value) as CmsField
                : null;
            if (definition is not null)
            {
                yield return new(definition.Name, definition.Policy);
            }
            else if (
                !anonymousIntrospection && node is GraphQLField { Name.StringValue: "__schema" or "__type" } schema
            )
            {
                yield return new(schema.Name.StringValue, Policy: null, IsSchema: true);
            }

            var (below, on) = Below(context, node, definition, type);
            foreach (var inner in Fields(context, below, on, everything))
            {
                yield return inner;
            }
        }
    }

    private static (GraphQLSelectionSet? Selection, IGraphType? Type) Below(
        ExecutionContext context,
        ASTNode node,
        CmsField? definition,
        IGraphType? type
    ) =>
        node switch
        {
            GraphQLField field => (field.SelectionSet, definition?.ResolvedType?.GetNamedType()),
            GraphQLInlineFragment fragment => (
                fragment.SelectionSet,
                fragment.TypeCondition is { } condition ? context.Schema.AllTypes[condition.Type.Name.Value] : type
            ),
            GraphQLFragmentSpread spread when Fragment(context, spread) is { } fragment => (
                fragment.SelectionSet,
                context.Schema.AllTypes[fragment.TypeCondition.Type.Name.Value]
            ),
            _ => default,
        };

    private static GraphQLFragmentDefinition? Fragment(ExecutionContext context, GraphQLFragmentSpread spread) =>
        context
            .Document.Definitions.OfType<GraphQLFragmentDefinition>()
            .FirstOrDefault(fragment => fragment.FragmentName.Name == spread.FragmentName.Name);

    private static bool IsLeftOut(ExecutionContext context, ASTNode node) =>
        context.DirectiveValues is { } values
        && values.TryGetValue(node, out var directives)
        && (
            (directives.TryGetValue("skip", out var skip) && skip.GetArgument<bool>("if"))
            || (directives.TryGetValue("include", out var include) && !include.GetArgument<bool>("if"))
        );
}
