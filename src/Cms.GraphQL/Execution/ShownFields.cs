using System.Runtime.CompilerServices;
using System.Text.Json;
using Cms.GraphQL.Types;
using GraphQL.Types;
using GraphQLParser.AST;

namespace Cms.GraphQL.Execution;

/// <summary>A selected field of an object.</summary>
/// <param name="Name">The field's name or alias in the response.</param>
/// <param name="IsPlain">Whether the field is a value of the row itself and is read without a resolver.</param>
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

    /// <summary>Returns the field's scalar type; null if the field is not a scalar.</summary>
    public static ScalarGraphType? Scalar(FieldType definition) =>
        (definition.ResolvedType is NonNullGraphType required ? required.ResolvedType : definition.ResolvedType)
        as ScalarGraphType;
}

/// <summary>The fields that a selection set selects on an object of one type, in response order.</summary>
internal sealed class ShownFields(IGraphType type, ShownField[] fields)
{
    // Parsed documents are cached, and so are the fields of their selection sets, unless the request has directives.
    private static readonly ConditionalWeakTable<GraphQLSelectionSet, ShownFields[]> Cache = [];

    public ShownField[] Fields => fields;

    /// <summary>The number of fields that must be resolved.</summary>
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

    // No lock is needed. If two requests add entries at the same time, one can be duplicated, or lost and computed
    // again.
    public void Add(GraphQLSelectionSet selection) =>
        Cache.AddOrUpdate(selection, [.. Cache.TryGetValue(selection, out var known) ? known : [], this]);

    private IGraphType Type => type;
}
