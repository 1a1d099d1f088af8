using System.Runtime.CompilerServices;
using System.Text.Json;
using Cms.GraphQL.Types;
using GraphQL.Types;
using GraphQLParser.AST;

namespace Cms.GraphQL.Execution;

/// <summary>A field that an object shows.</summary>
/// <param name="Name">As it stands in the answer.</param>
/// <param name="IsPlain">A value of the row itself, read without resolving anything.</param>
internal sealed record ShownField(GraphQLField Field, FieldType Definition, JsonEncodedText Name, bool IsPlain)
{
    public static ShownField Of(GraphQLField field, FieldType definition, ISchema schema) =>
        new(
            field,
            definition,
            JsonEncodedText.Encode(field.Alias?.Name.StringValue ?? field.Name.StringValue),
            (definition is CmsField { Read: not null } || ReferenceEquals(definition, schema.TypeNameMetaFieldType))
                && Scalar(definition) is not null
        );

    /// <summary>What writes the field's value, where that is one value.</summary>
    public static ScalarGraphType? Scalar(FieldType definition) =>
        (definition.ResolvedType is NonNullGraphType required ? required.ResolvedType : definition.ResolvedType)
        as ScalarGraphType;
}

/// <summary>The fields that an object of one type shows for a selection, in their order.</summary>
internal sealed class ShownFields(IGraphType type, ShownField[] fields)
{
    // Parsed documents are kept, and what a selection shows stays with it while no directive leaves anything out.
    private static readonly ConditionalWeakTable<GraphQLSelectionSet, ShownFields[]> Cache = [];

    public ShownField[] Fields => fields;

    /// <summary>How many must be resolved.</summary>
    public int Resolved { get; } = fields.Count(field => !field.IsPlain);

    public static ShownFields? Find(GraphQLSelectionSet selection, IGraphType type)
    {
        foreach (var shown in Cache.TryGetValue(selection, out var known) ? known : [])
        {
            if (shown.Type == type)
            {
                return shown;
            }
        }

        return null;
    }

    // Two requests may find the same or lose one: both only cost looking again.
    public void Add(GraphQLSelectionSet selection) =>
        Cache.AddOrUpdate(selection, [.. Cache.TryGetValue(selection, out var known) ? known : [], this]);

    private IGraphType Type => type;
}
