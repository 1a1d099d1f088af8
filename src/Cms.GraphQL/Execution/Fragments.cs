using System.Runtime.CompilerServices;
using GraphQLParser;
using GraphQLParser.AST;

namespace Cms.GraphQL.Execution;

/// <summary>The fragments of a document, by name.</summary>
internal sealed class Fragments
{
    // Parsed documents are cached, and each is walked several times.
    private static readonly ConditionalWeakTable<GraphQLDocument, Fragments> Cache = [];

    private readonly Dictionary<ROM, GraphQLFragmentDefinition> _byName = [];

    private Fragments(GraphQLDocument document)
    {
        foreach (var definition in document.Definitions)
        {
            if (definition is GraphQLFragmentDefinition fragment)
            {
                _byName.TryAdd(fragment.FragmentName.Name.Value, fragment);
            }
        }
    }

    public static Fragments Of(GraphQLDocument document) => Cache.GetValue(document, static found => new(found));

    /// <summary>Returns the first fragment with this name; null if there is none.</summary>
    public GraphQLFragmentDefinition? Find(GraphQLFragmentName name) => _byName.GetValueOrDefault(name.Name.Value);
}
