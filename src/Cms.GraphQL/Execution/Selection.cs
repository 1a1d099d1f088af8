using Cms.GraphQL.Types;
using GraphQL.Types;
using GraphQLParser.AST;

namespace Cms.GraphQL.Execution;

/// <summary>One selection: a field or a fragment.</summary>
/// <param name="Node">The field, the inline fragment or the fragment spread.</param>
/// <param name="Below">The selections of the field or fragment; empty for a spread of an unknown fragment.</param>
internal readonly record struct Selection(ASTNode Node, Selections Below)
{
    /// <summary>The field; null for a fragment.</summary>
    public GraphQLField? Field => Node as GraphQLField;

    /// <summary>The field in the schema; null for fragments, for introspection and in a walk without types.</summary>
    public CmsField? Definition { get; init; }

    /// <summary>The fragment of a spread; null for all other selections.</summary>
    public GraphQLFragmentDefinition? Fragment { get; init; }
}

/// <summary>The selections of one set. Fragments are not expanded.</summary>
/// <param name="Set">The set; null if nothing is selected.</param>
/// <param name="Type">The type that the selections apply to; null if unknown.</param>
internal readonly record struct Selections(SelectionWalker Walker, GraphQLSelectionSet? Set, IGraphType? Type)
{
    public Enumerator GetEnumerator() => new(this);

    internal struct Enumerator(Selections selections)
    {
        private int _next;

        public Selection Current { get; private set; }

        public bool MoveNext()
        {
            var (walker, set, type) = selections;
            while (set is not null && _next < set.Selections.Count)
            {
                var node = set.Selections[_next++];
                if (!walker.IsLeftOut(node))
                {
                    Current = walker.Read(node, type);
                    return true;
                }
            }

            return false;
        }
    }
}
