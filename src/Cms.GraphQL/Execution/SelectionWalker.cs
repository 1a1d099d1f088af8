using Cms.GraphQL.Types;
using GraphQL;
using GraphQL.Execution;
using GraphQL.Types;
using GraphQLParser.AST;

namespace Cms.GraphQL.Execution;

/// <summary>
/// Walks the selections of a document, one selection set at a time: the caller decides whether to go below a field or a
/// fragment. It does not stop at a fragment inside itself; <see cref="DocumentSize" /> refuses those before any other walk.
/// </summary>
/// <param name="schema">Resolves types; null to walk without types.</param>
/// <param name="directives">The directives of this request, to leave out what <c>@skip</c> and <c>@include</c> do; null to walk everything.</param>
internal sealed class SelectionWalker(
    GraphQLDocument document,
    ISchema? schema = null,
    IReadOnlyDictionary<ASTNode, IDictionary<string, DirectiveInfo>>? directives = null
)
{
    private readonly Fragments _fragments = Fragments.Of(document);

    /// <summary>The selections of an operation, on its root type.</summary>
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

    /// <summary>The selections of one set.</summary>
    /// <param name="set">Null where nothing is selected.</param>
    /// <param name="type">The type they are selected on; null when it is unknown.</param>
    public Selections Of(GraphQLSelectionSet? set, IGraphType? type = null) => new(this, set, type);

    /// <summary>What one selection of a set selects; <paramref name="type" /> is that of the set.</summary>
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

    /// <summary>Whether <c>@skip</c> or <c>@include</c> leaves a selection out of this request.</summary>
    public bool IsLeftOut(ASTNode node) =>
        directives is not null
        && directives.TryGetValue(node, out var values)
        && (
            (values.TryGetValue("skip", out var skip) && skip.GetArgument<bool>("if"))
            || (values.TryGetValue("include", out var include) && !include.GetArgument<bool>("if"))
        );

    private IGraphType? Type(GraphQLTypeCondition condition) => schema?.AllTypes[condition.Type.Name.Value];
}
