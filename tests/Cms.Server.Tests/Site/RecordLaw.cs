using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using GraphQLParser;
using GraphQLParser.AST;

namespace Cms.Server.Tests.Site;

/// <summary>Compares the records of the reader site with the answers that the schema allows.</summary>
internal sealed class RecordLaw(string schema)
{
    private static readonly NullabilityInfoContext Nullability = new();
    private static readonly Dictionary<string, Type[]> Scalars = new(StringComparer.Ordinal)
    {
        ["Int"] = [typeof(int), typeof(long), typeof(double)],
        ["Float"] = [typeof(double)],
        ["Boolean"] = [typeof(bool)],
        ["Date"] = [typeof(DateOnly), typeof(string)],
        ["DateTime"] = [typeof(DateTimeOffset), typeof(string)],
        ["JSON"] = [typeof(JsonElement)],
    };

    private readonly GraphQLDocument _schema = Parser.Parse(schema);

    /// <summary>Returns what is wrong with a record that is read from the answers to an operation.</summary>
    public IReadOnlyList<string> FaultsOf(string document, Type record)
    {
        var parsed = Parser.Parse(document);
        var operation = parsed.Definitions.OfType<GraphQLOperationDefinition>().Single();
        Walk walk = new(
            this,
            parsed
                .Definitions.OfType<GraphQLFragmentDefinition>()
                .ToDictionary(fragment => fragment.FragmentName.Name.StringValue, StringComparer.Ordinal)
        );
        var root = operation.Operation is OperationType.Mutation ? "Mutation" : "Query";
        walk.Compare([(operation.SelectionSet, root, false)], root, record, operation.Name!.StringValue);
        return walk.Faults;
    }

    private IEnumerable<GraphQLFieldDefinition> FieldsOf(string type) =>
        _schema
            .Definitions.Where(definition => NameOf(definition) == type)
            .SelectMany(definition =>
                definition switch
                {
                    GraphQLObjectTypeDefinition { Fields: { } fields } => fields.AsEnumerable(),
                    GraphQLInterfaceTypeDefinition { Fields: { } fields } => fields,
                    _ => [],
                }
            );

    private List<string>? ValuesOf(string type) =>
        _schema
            .Definitions.OfType<GraphQLEnumTypeDefinition>()
            .FirstOrDefault(definition => definition.Name.StringValue == type)
            ?.Values?.Select(value => value.EnumValue.Name.StringValue)
            .ToList();

    private bool IsScalar(string type) =>
        Scalars.ContainsKey(type)
        || type is "ID" or "String"
        || _schema.Definitions.OfType<GraphQLScalarTypeDefinition>().Any(scalar => scalar.Name.StringValue == type);

    // Whether each object of a type is also of another one: all errors of a union are user errors.
    private bool IsAlways(string declared, string condition) =>
        declared == condition
        || _schema
            .Definitions.OfType<GraphQLUnionTypeDefinition>()
            .SingleOrDefault(union => union.Name.StringValue == declared)
            ?.Types?.All(member => InterfacesOf(member.Name.StringValue).Contains(condition, StringComparer.Ordinal))
            == true;

    private IEnumerable<string> InterfacesOf(string type) =>
        _schema
            .Definitions.OfType<GraphQLObjectTypeDefinition>()
            .Single(definition => definition.Name.StringValue == type)
            .Interfaces?.Select(item => item.Name.StringValue)
        ?? [];

    private static string? NameOf(ASTNode definition) => (definition as INamedNode)?.Name.StringValue;

    private sealed class Walk(RecordLaw law, IReadOnlyDictionary<string, GraphQLFragmentDefinition> fragments)
    {
        public List<string> Faults { get; } = [];

        // Fields of one name can be selected several times, so all selections of an object are compared together.
        public void Compare(
            IReadOnlyList<(GraphQLSelectionSet Set, string Type, bool IsSometimes)> sets,
            string declared,
            Type record,
            string path
        )
        {
            if (record == typeof(JsonElement) || record.IsDefined(typeof(JsonConverterAttribute)))
            {
                return;
            }

            var fields = sets.SelectMany(set => FieldsOf(set.Set, set.Type, set.IsSometimes, declared))
                .GroupBy(field => field.Name, StringComparer.Ordinal)
                .ToList();
            var properties = record
                .GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(property => property.CanWrite && property.GetCustomAttribute<JsonIgnoreAttribute>() is null)
                .ToDictionary(JsonNameOf, StringComparer.OrdinalIgnoreCase);
            foreach (var field in fields)
            {
                if (properties.TryGetValue(field.Key, out var property))
                {
                    Compare([.. field], property, $"{path}{(field.Key.Length > 0 ? "." : "")}{field.Key}", path);
                }
                else if (field.Key != "__typename")
                {
                    Faults.Add($"{path}.{field.Key}: the record has no such property");
                }
            }

            var selected = fields.Select(field => field.Key).ToHashSet(StringComparer.OrdinalIgnoreCase);
            Faults.AddRange(
                properties
                    .Where(property => !selected.Contains(property.Key) && IsRequired(record, property.Value))
                    .Select(property => $"{path}: {property.Value.Name} is never asked for")
            );
        }

        private void Compare(IReadOnlyList<Field> fields, PropertyInfo property, string path, string parent)
        {
            var type = property.PropertyType;
            var canBeNull =
                Nullable.GetUnderlyingType(type) is not null
                || (!type.IsValueType && Nullability.Create(property).WriteState is NullabilityState.Nullable);

            // A property with a value of its own keeps it if the answer does not have the field.
            var isNeeded = IsRequired(property.DeclaringType!, property);
            if (
                !canBeNull
                && fields.All(field => (field.IsSometimes && isNeeded) || field.Type is not GraphQLNonNullType)
            )
            {
                Faults.Add($"{parent}: {property.Name} may be null");
            }

            var schemaType = fields[0].Type;
            var clr = Nullable.GetUnderlyingType(type) ?? type;
            while (schemaType is GraphQLNonNullType or GraphQLListType)
            {
                if (schemaType is GraphQLNonNullType { Type: var inner })
                {
                    schemaType = inner;
                    continue;
                }

                if (ItemOf(clr) is not { } item)
                {
                    Faults.Add($"{path}: a list is not a {clr.Name}");
                    return;
                }

                schemaType = ((GraphQLListType)schemaType).Type;
                clr = Nullable.GetUnderlyingType(item) ?? item;
            }

            var name = ((GraphQLNamedType)schemaType).Name.StringValue;
            if (law.ValuesOf(name) is { } values)
            {
                CompareValues(values, clr, path);
            }
            else if (law.IsScalar(name))
            {
                var allowed = Scalars.GetValueOrDefault(name, [typeof(string)]);
                if (!allowed.Contains(clr) && (Scalars.ContainsKey(name) || clr.Assembly != typeof(Uri).Assembly))
                {
                    Faults.Add($"{path}: {name} is not a {clr.Name}");
                }
            }
            else
            {
                Compare(
                    [.. fields.Where(field => field.Set is not null).Select(field => (field.Set!, name, false))],
                    name,
                    clr,
                    path
                );
            }
        }

        private void CompareValues(IReadOnlyList<string> values, Type clr, string path)
        {
            if (clr == typeof(string))
            {
                return;
            }

            var known = clr.IsEnum
                ? Enum.GetNames(clr).Select(JsonNamingPolicy.SnakeCaseUpper.ConvertName).ToList()
                : [];
            Faults.AddRange(values.Except(known).Select(value => $"{path}: the enum has no {value}"));
        }

        private IEnumerable<Field> FieldsOf(GraphQLSelectionSet set, string type, bool isSometimes, string declared)
        {
            foreach (var selection in set.Selections)
            {
                var isOptional =
                    isSometimes
                    || (selection as IHasDirectivesNode)?.Directives?.Any(directive =>
                        directive.Name.StringValue is "include" or "skip"
                    ) == true;
                switch (selection)
                {
                    case GraphQLField field:
                        yield return new Field(
                            (field.Alias?.Name ?? field.Name).StringValue,
                            TypeOf(type, field.Name.StringValue),
                            field.SelectionSet,
                            isOptional
                        );
                        break;
                    case GraphQLInlineFragment inline:
                        var on = inline.TypeCondition?.Type.Name.StringValue ?? type;
                        foreach (
                            var field in FieldsOf(
                                inline.SelectionSet,
                                on,
                                isOptional || !law.IsAlways(declared, on),
                                declared
                            )
                        )
                        {
                            yield return field;
                        }

                        break;
                    case GraphQLFragmentSpread spread:
                        var fragment = fragments[spread.FragmentName.Name.StringValue];
                        var of = fragment.TypeCondition.Type.Name.StringValue;
                        foreach (
                            var field in FieldsOf(
                                fragment.SelectionSet,
                                of,
                                isOptional || !law.IsAlways(declared, of),
                                declared
                            )
                        )
                        {
                            yield return field;
                        }

                        break;
                }
            }
        }

        private GraphQLType TypeOf(string type, string field) =>
            field == "__typename"
                ? new GraphQLNonNullType(new GraphQLNamedType(new GraphQLName("String")))
                : law.FieldsOf(type).Single(definition => definition.Name.StringValue == field).Type;

        private static string JsonNameOf(PropertyInfo property) =>
            property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name
            ?? JsonNamingPolicy.CamelCase.ConvertName(property.Name);

        private static bool IsRequired(Type record, PropertyInfo property) =>
            property.IsDefined(typeof(RequiredMemberAttribute))
            || record
                .GetConstructors()
                .Any(constructor =>
                    constructor
                        .GetParameters()
                        .Any(parameter =>
                            parameter.Name == property.Name
                            && !parameter.HasDefaultValue
                            && Nullable.GetUnderlyingType(parameter.ParameterType) is null
                            && (
                                parameter.ParameterType.IsValueType
                                || Nullability.Create(parameter).WriteState is not NullabilityState.Nullable
                            )
                        )
                );

        private static Type? ItemOf(Type type) =>
            type != typeof(string) && typeof(IEnumerable).IsAssignableFrom(type) && type.IsGenericType
                ? type.GetGenericArguments()[0]
                : null;
    }

    private sealed record Field(string Name, GraphQLType Type, GraphQLSelectionSet? Set, bool IsSometimes);
}
