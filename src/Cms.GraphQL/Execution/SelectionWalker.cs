using Cms.GraphQL.Types;
using GraphQL;
using GraphQL.Execution;
using GraphQL.Types;
using GraphQLParser.AST;

namespace Cms.GraphQL.Execution;

/// <summary>
/// Walks the selections of a document, one selection set at a time. The caller decides whether to go below a field or a
/// fragment. Fragments that contain themselves are not detected here; <see cref="DocumentSize" /> rejects them first.
/// </summary>
/// <param name="schema">Resolves types; null to walk without types.</param>
/// <param name="directives">
/// The request's directives, to omit selections that <c>@skip</c> or <c>@include</c> excludes; null to walk everything.
/// </param>
internal sealed class SelectionWalker(
    GraphQLDocument document,
    ISchema? schema = null,
    IReadOnlyDictionary<ASTNode, IDictionary<string, DirectiveInfo>>? directives = null
)
{
    private readonly Fragments _fragments = Fragments.Of(document);

    /// <summary>Returns the selections of an operation, on its root type.</summary>
    public Selections Of(GraphQLOperationDefinition operation) =>
        Of(
            operation.SelectionSet,
            operation.Operation switch
            {
                OperationType.Mutation => schema?.Mutation,
                OperationType.Subscription => schema?.Subscription,
                _ => schema?.Query,
            }
        );

    /// <summary>Returns the selections of one set.</summary>
    /// <param name="set">The set; null if nothing is selected.</param>
    /// <param name="type">The type that the selections apply to; null if unknown.</param>
    public Selections Of(GraphQLSelectionSet? set, IGraphType? type = null) => new(this, set, type);

    /// <summary>Reads one selection of a set on <paramref name="type" />.</summary>
    public Selection Read(ASTNode node, IGraphType? type)
    {
        switch (node)
        {
            case GraphQLField field:
                var definition = (type as IComplexGraphType)?.GetField(field.Name.Value) as CmsField;
                return new(node, Of(field.SelectionSet, definition?.ResolvedType?.GetNamedType()))
                {
                    Definition = definition,
                };
            case GraphQLInlineFragment inline:
                return new(node, Of(inline.SelectionSet, inline.TypeCondition is { } on ? Type(on) : type));
            case GraphQLFragmentSpread spread when _fragments.Find(spread.FragmentName) is { } fragment:
                return new(node, Of(fragment.SelectionSet, Type(fragment.TypeCondition))) { Fragment = fragment };
            default:
                return new(node, Of(set: null));
        }
    }

    /// <summary>Returns whether <c>@skip</c> or <c>@include</c> excludes a selection from this request.</summary>
    public bool IsLeftOut(ASTNode node) =>
        directives is not null
        && directives.TryGetValue(node, out var values)
        && (
            (values.TryGetValue("skip", out var skip) && skip.GetArgument<bool>("if"))
            || (values.TryGetValue("include", out var include) && !include.GetArgument<bool>("if"))
        );

    private IGraphType? Type(GraphQLTypeCondition condition) => schema?.AllTypes[condition.Type.Name.Value];
}
