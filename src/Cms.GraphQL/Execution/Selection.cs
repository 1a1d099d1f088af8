using Cms.GraphQL.Types;
using GraphQL.Types;
using GraphQLParser.AST;

namespace Cms.GraphQL.Execution;

/// <summary>One selection: a field, or a fragment.</summary>
/// <param name="Node">The field, the inline fragment or the spread.</param>
/// <param name="Below">What the field or the fragment selects, on the type it selects from; empty for a spread of a fragment that is not there.</param>
internal readonly record struct Selection(ASTNode Node, Selections Below)
{
    /// <summary>The field; null for a fragment.</summary>
    public GraphQLField? Field => Node as GraphQLField;

    /// <summary>The field as the schema defines it; null for a fragment, for introspection, and in a walk without types.</summary>
    public CmsField? Definition { get; init; }

    /// <summary>The fragment that is spread; null for every other selection.</summary>
    public GraphQLFragmentDefinition? Fragment { get; init; }
}

/// <summary>The selections of one set, fragments not spread out.</summary>
/// <param name="Walker">Reads each selection.</param>
/// <param name="Set">Null where nothing is selected.</param>
/// <param name="Type">The type they are selected on; null when it is unknown.</param>
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
